namespace CbssReturn.AuditLog;

/// <summary>Names of blobs in <see cref="AuditAlarm.Evidence"/> (docs/spec/audit-log.md, section 7).</summary>
public static class EvidenceName
{
    /// <summary>A signed checkpoint, verbatim; of two the one of the smaller size, or the one that was seen
    /// first.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The signed checkpoint that contradicts it, verbatim.</summary>
    public const string OtherCheckpoint = "other_checkpoint";

    /// <summary>Hashes of a consistency proof, 32 bytes each.</summary>
    public const string Proof = "proof";

    /// <summary>The root that the larger tree has at the smaller size, 32 bytes.</summary>
    public const string PrefixRoot = "prefix_root";

    /// <summary>An entry bundle, verbatim.</summary>
    public const string Bundle = "bundle";

    /// <summary>An entry, verbatim.</summary>
    public const string Entry = "entry";

    /// <summary>A c2sp.org/tlog-proof, verbatim.</summary>
    public const string TlogProof = "tlog_proof";

    /// <summary>A final receipt, as the file that its sender handed over (docs/spec/receipt-proof.md).</summary>
    public const string Receipt = "receipt";
}
