namespace CbssReturn.Auditor.Watch;

/// <summary>How a log stands at a moment.</summary>
internal enum LogStanding
{
    /// <summary>It grows and is witnessed.</summary>
    Awake,

    /// <summary>Its node may sleep at this hour.</summary>
    Asleep,

    /// <summary>It is silent in its declared hours.</summary>
    Stale,

    /// <summary>It grows, and too few witnesses have cosigned it lately.</summary>
    Unwitnessed,
}
