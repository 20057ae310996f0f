namespace CbssReturn.Exchange.Records;

/// <summary>What truly happened; the entry in the tree says less (docs/spec/audit-intake.md, section 2).</summary>
public enum AuditDetailKind
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>The node started.</summary>
    NodeStarted = 1,

    /// <summary>A user was added or removed.</summary>
    UserChanged = 2,

    /// <summary>A consent, or a new version of one, was recorded.</summary>
    ConsentRecorded = 3,

    /// <summary>A consent was looked at.</summary>
    ConsentShown = 4,

    /// <summary>A referral was drafted, and sections were recorded with it.</summary>
    ReferralDrafted = 5,

    /// <summary>A packet was sealed and put into the outbox.</summary>
    PacketSealed = 6,

    /// <summary>A packet was stored.</summary>
    PacketStored = 7,

    /// <summary>A packet was refused.</summary>
    PacketRefused = 8,

    /// <summary>A receipt of another node was taken in.</summary>
    ReceiptTaken = 9,

    /// <summary>A packet could not be delivered in time.</summary>
    PacketUndelivered = 10,

    /// <summary>A packet was taken back or made due by a person, or taken back by a rule.</summary>
    OutboxChanged = 11,

    /// <summary>A section was opened.</summary>
    SectionOpened = 12,

    /// <summary>Access was denied.</summary>
    AccessDenied = 13,

    /// <summary>Envelope keys were made or destroyed.</summary>
    KeysChanged = 14,

    /// <summary>A directory was applied.</summary>
    DirectoryApplied = 15,

    /// <summary>The flow was stopped because the person may be under 18.</summary>
    StoppedPossibleMinor = 16,

    /// <summary>Nothing happened: the log grew to a multiple of four. Its content is empty.</summary>
    Pad = 17,

    /// <summary>A packet was sealed again under another id, because its key was gone at the recipient.</summary>
    PacketSuperseded = 18,

    /// <summary>Another envelope came under a packet id that was used before, and was answered so.</summary>
    PacketConflict = 19,

    /// <summary>The detail of an entry was shown to a person of this node or to an auditor.</summary>
    DetailShown = 20,

    /// <summary>Details whose time was over were erased.</summary>
    RetentionRun = 21,

    /// <summary>A recipient's receipt became final: its log is proven to hold the packet.</summary>
    ReceiptFinal = 22,

    /// <summary>A recipient's proof was not true, and was not kept.</summary>
    ReceiptProofWrong = 23,

    /// <summary>The node's identity key is another than at its last start.</summary>
    IdentityChanged = 24,

    /// <summary>The final receipt of a packet was written into a file for somebody else.</summary>
    ReceiptExported = 25,

    /// <summary>Entries were taken back after a rollback; their details are lost: from which entry on and how many.
    /// </summary>
    LogRecovered = 40,
}
