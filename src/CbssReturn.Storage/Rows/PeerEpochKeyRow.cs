namespace CbssReturn.Storage.Rows;

/// <summary>One daily envelope key that a peer published; public, kept so that sealing needs no call.</summary>
public sealed record PeerEpochKeyRow
{
    /// <summary>Size of a record, in bytes.</summary>
    public const int RecordSizeBytes = 1252;

    /// <summary>Size of a signature, in bytes.</summary>
    public const int SignatureSizeBytes = 64;

    /// <summary>The day, in days since 1970-01-01 UTC.</summary>
    public required uint Day { get; init; }

    /// <summary>The record as the peer signed it, <see cref="RecordSizeBytes"/> bytes.</summary>
    /// <remarks>It names the node, in plain. So these rows are found by an index of their own, made with the label
    /// <c>peer_epoch_keys</c> instead of <c>peer</c>: otherwise the record would tell whom an outbox row is for.
    /// </remarks>
    public required ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>The peer's signature, <see cref="SignatureSizeBytes"/> bytes.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }
}
