using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Receipts;

/// <summary>Tells how far the receipt of a packet is. What is stored was verified; only witnesses are counted
/// again.</summary>
internal sealed class ReceiptStanding(NodeContext node)
{
    /// <summary>Tells about the receipt of a packet; null while there is none.</summary>
    public async Task<PacketReceipt?> OfAsync(OutboxRow row, CancellationToken ct)
    {
        if (row.Receipt is not { } stored
            || !Receipt.Parse(stored.Record.Span, stored.Signature.Span).TryGet(out var receipt, out _))
        {
            return null;
        }

        var proof = await node.Audit.GetProofAsync(row.RowId, ct);
        return new PacketReceipt(
            receipt.Outcome,
            DateTimeOffset.FromUnixTimeSeconds((long)receipt.ReceivedAt),
            proof is null ? null : PlaceOf(proof));
    }

    /// <summary>Tells where a proof that is kept leads to; null for one that no longer has its form.</summary>
    public FinalPlace? PlaceOf(OutboxProofRow row)
    {
        if (!TlogProof.Parse(row.Proof.Span).TryGet(out var proof, out _)
            || !Checkpoint.Parse(proof.Note.Text).TryGet(out var checkpoint, out _))
        {
            return null;
        }

        // A witness that has left the directory since does not count, and nor does one that never was in it.
        VerifiedSignature[] cosignatures = proof.Note.Open(node.WitnessKeys()).TryGet(out var opened, out _)
            ? [.. opened.Signatures.DistinctBy(signature => signature.Key.Key.Kid)]
            : [];
        return new FinalPlace(
            checkpoint.Origin,
            proof.Index,
            checkpoint.Size,
            cosignatures.Max(cosignature => cosignature.At),
            cosignatures.Length);
    }
}
