using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Outbox;

/// <summary>Seals a packet again whose recipient key is gone: same parts, same message id, new packet id
/// (docs/spec/referral-packet.md, section 10, step 5).</summary>
public sealed class ResealPacket(NodeContext node, EpochKeys keys)
{
    /// <summary>Seals again and leaves the packet due now.</summary>
    /// <returns>Done, or why it could not be sealed; then nothing has changed.</returns>
    public async Task<Result<Done>> ResealAsync(NodeId peer, ClaimedPacket packet, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var row = await node.Store.GetOutboxRowAsync(packet.Row, ct);
        if (row is null || row.State is not OutboxState.Queued)
        {
            return new Refusal(RefusalCode.ChangedMeanwhile, "The packet is no longer waiting.");
        }

        if (!(await keys.CurrentOfAsync(peer, ct)).TryGet(out var key, out var refusal)
            || !node.Open(SealedRows.Outbox, row.RowId, row.Sealed).TryGet(out var opened, out refusal)
            || !OpenParts(packet.Envelope, OutboxFileCodec.Decode(opened)).TryGet(out var parts, out refusal))
        {
            return refusal;
        }

        using var envelope = PacketQueue.SealParts(node, key, parts);
        var file = PacketQueue.FileOf(peer, RowId.FromBytes(row.ReferralId!.Value.ToArray()), envelope);
        var outcome = await node.Store.CommitAsync(
            new NodeTransaction(
                "packet-reseal",
                new ReplaceOutboxEnvelope(
                    row.RowId,
                    envelope.Id,
                    envelope.Wire,
                    node.Seal(SealedRows.Outbox, row.RowId, OutboxFileCodec.Encode(file)),
                    node.Time.GetUtcNow()),
                node.WithPeer(
                    AuditEvent.PacketSent,
                    AuditOutcome.Done,
                    peer,
                    Digest.FromBytes(envelope.TransferTag),
                    new AuditDetail
                    {
                        Kind = AuditDetailKind.PacketSealed,
                        At = node.Now,
                        PacketId = envelope.Id.ToArray(),
                        ReasonCode = (int)RefusalCode.PeerKeyGone,
                    })),
            ct);
        return outcome.IsCommitted
            ? Done.Instance
            : new Refusal(RefusalCode.ChangedMeanwhile, "The packet changed while it was sealed again.");
    }

    private static Result<IReadOnlyList<ReadOnlyMemory<byte>>> OpenParts(ReadOnlyMemory<byte> wire, OutboxFile file)
    {
        var envelope = Envelope.Parse(wire).Value;  // our own
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var index = 0; index < file.Secrets.Count; index++)
        {
            if (!EnvelopeOpener.OpenPart(envelope, index, file.Secrets[index].Span).TryGet(out var part, out var refusal))
            {
                return refusal;
            }

            parts.Add(part);
        }

        return parts;
    }
}
