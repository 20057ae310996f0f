namespace CbssReturn.Auditor.Configuration;

/// <summary>Hours in which a node is awake, UTC, as the directory has them.</summary>
internal sealed class AwakeOptions
{
    /// <summary>First minute of the day, 0 to 1439.</summary>
    public required int FromMinute { get; init; }

    /// <summary>Minute of the day at which it ends, after the first and at most 1440.</summary>
    public required int UntilMinute { get; init; }

    /// <summary>Days as bits: 1 Monday to 64 Sunday; 1 to 127.</summary>
    public required int Weekdays { get; init; }
}
