namespace CbssReturn.Storage;

/// <summary>What no caller of a store can ask beyond.</summary>
public static class StoreLimits
{
    /// <summary>Most rows that any list returns.</summary>
    public const int ListMax = 1000;

    /// <summary>Most packets in one claim.</summary>
    public const int ClaimRowsMax = 256;

    /// <summary>Most bytes of envelopes in one claim; a single larger one cannot exist.</summary>
    public const int ClaimSizeBytesMax = 32 * 1024 * 1024;

    /// <summary>Most envelopes that are kept of what one key signed and nobody could read; the newest ones.</summary>
    public const int QuarantinedBodiesMax = 16;

    /// <summary>Most bytes that those envelopes may have together.</summary>
    public const int QuarantinedSizeBytesMax = 64 * 1024 * 1024;

    /// <summary>Largest envelope, in bytes.</summary>
    public const int BodySizeBytesMax = 16 * 1024 * 1024;

    /// <summary>Most of the node's own epoch keys in one answer: those held, published ahead and lately destroyed.
    /// </summary>
    public const int EpochSeedsMax = 256;

    /// <summary>Most checkpoints of one log that are kept as evidence of a contradiction; the first ones.</summary>
    public const int SeenEvidenceMax = 16;

    /// <summary>Most logs of which checkpoints that came with calls are kept.</summary>
    public const int SeenLogsMax = 4096;
}
