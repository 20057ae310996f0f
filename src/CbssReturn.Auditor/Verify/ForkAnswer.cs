namespace CbssReturn.Auditor.Verify;

/// <summary>Whether one checkpoint of a log continues another.</summary>
internal enum ForkAnswer
{
    /// <summary>It does.</summary>
    Continued,

    /// <summary>It does not, and there is proof.</summary>
    Forked,

    /// <summary>The tiles at hand prove neither.</summary>
    Unproven,
}
