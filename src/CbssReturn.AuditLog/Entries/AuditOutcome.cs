namespace CbssReturn.AuditLog;

/// <summary>How what an audit entry is about ended; numbers of entry v1.</summary>
public enum AuditOutcome : byte
{
    /// <summary>It was done.</summary>
    Done = 1,

    /// <summary>It was refused.</summary>
    Refused = 2,

    /// <summary>It failed.</summary>
    Failed = 3,

    /// <summary>It is not decided yet.</summary>
    Pending = 4,
}
