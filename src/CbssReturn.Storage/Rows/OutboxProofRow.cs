namespace CbssReturn.Storage.Rows;

/// <summary>What makes a receipt final: the recipient's entry and the proof that its log holds it.</summary>
public sealed record OutboxProofRow
{
    /// <summary>Largest proof, in bytes.</summary>
    public const int ProofSizeBytesMax = 65536;

    /// <summary>The packet, a row of the outbox.</summary>
    public required RowId RowId { get; init; }

    /// <summary>Place of the entry in the recipient's log, from 0.</summary>
    public required long PeerEntryIndex { get; init; }

    /// <summary>The recipient's entry, verbatim, 113 or 149 bytes.</summary>
    public required ReadOnlyMemory<byte> Entry { get; init; }

    /// <summary>c2sp.org/tlog-proof@v1 of that entry, 1 to <see cref="ProofSizeBytesMax"/> bytes.</summary>
    public required ReadOnlyMemory<byte> Proof { get; init; }
}
