namespace CbssReturn.AuditLog;

/// <summary>What an auditor has found. In JSON and in text the name is written in capitals with underscores:
/// <c>SPLIT_VIEW</c> (docs/spec/audit-log.md, section 7).</summary>
public enum AlarmKind
{
    /// <summary>Never used: <c>default</c> is no alarm.</summary>
    Unspecified = 0,

    /// <summary>A log is smaller than it has been.</summary>
    Rollback,

    /// <summary>A log has signed two trees of which neither continues the other.</summary>
    SplitView,

    /// <summary>What a log holds does not lead to the root that it signed.</summary>
    Altered,

    /// <summary>An entry breaks a rule that holds between entries, such as the order of time.</summary>
    EntryRule,

    /// <summary>A detail is missing and no entry says that it was erased.</summary>
    DetailMissing,

    /// <summary>A log says that a packet was stored at its receiver, whose log does not know it.</summary>
    SentUnreceived,

    /// <summary>A packet was sent, and its sender's log has never said what became of it.</summary>
    SentUnclosed,

    /// <summary>A log says that a packet was received, and its sender's log does not know it.</summary>
    ReceivedUnsent,

    /// <summary>A final receipt points at an entry that says something else.</summary>
    ReceiptContradicted,

    /// <summary>A log says the same of one packet twice.</summary>
    Replay,

    /// <summary>A log says that a packet was given up or refused, and its receiver's log has it.</summary>
    GivenUpButReceived,

    /// <summary>A node was silent in hours in which it should be awake.</summary>
    Stale,

    /// <summary>Too few witnesses have cosigned lately.</summary>
    Unwitnessed,

    /// <summary>Bytes of a log are not in their one form.</summary>
    Malformed,
}
