namespace CbssReturn.AuditLog;

/// <summary>How soon somebody must look at an alarm. A higher one has a higher number.</summary>
public enum AlarmLevel
{
    /// <summary>Never used: <c>default</c> is no level.</summary>
    Unspecified = 0,

    /// <summary>It may settle by itself.</summary>
    Warning,

    /// <summary>It does not settle by itself; today.</summary>
    High,

    /// <summary>Somebody has acted against the log, and there is evidence; now.</summary>
    Critical,
}
