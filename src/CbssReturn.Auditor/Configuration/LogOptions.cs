namespace CbssReturn.Auditor.Configuration;

/// <summary>A log that is watched.</summary>
internal sealed class LogOptions
{
    /// <summary>Verifier key of the log in its text form.</summary>
    public required string Key { get; init; }

    /// <summary>Where it is read: its node, or the focal point's node that it is pushed to, or a folder.</summary>
    public required PlaceOptions Source { get; init; }

    /// <summary>Whether its entries are shown to this auditor. Default: true.</summary>
    public bool Entries { get; init; } = true;

    /// <summary>When its node is awake; absent for always.</summary>
    public AwakeOptions? Awake { get; init; }

    /// <summary>Without entries: the auditor's node that tells its tags; absent for nobody.</summary>
    public PlaceOptions? Tags { get; init; }
}
