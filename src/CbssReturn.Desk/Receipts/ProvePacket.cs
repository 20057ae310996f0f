using CbssReturn.AuditLog;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Directory;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Receipts;

/// <summary>Writes the final receipt of a packet into a file that anybody can check offline
/// (docs/spec/receipt-proof.md). It holds no case content.</summary>
public sealed class ProvePacket(NodeContext node)
{
    private readonly ReceiptStanding _standing = new(node);

    /// <summary>Makes the file; logged before it is given.</summary>
    /// <param name="actor">Whoever may see referrals or look into the audit log.</param>
    /// <param name="id">The packet, by the id that it has now.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The file; or a refusal with <see cref="RefusalCode.RoleMayNot"/>, <see cref="RefusalCode.NotFound"/>,
    /// or <see cref="RefusalCode.ReceiptNotFinal"/>.</returns>
    public async Task<Result<ProvenPacket>> ProveAsync(Actor actor, PacketId id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied && actor.RefuseAuditReading() is not null)
        {
            return await node.DenyAsync(actor, denied, detail => detail with { PacketId = id.ToArray() }, ct);
        }

        if (await node.Store.FindOutboxRowAsync(id, ct) is not { } row)
        {
            return new Refusal(RefusalCode.NotFound, "This node has sent no packet with this id.", "packet_id");
        }

        if (row.Receipt is not { } stored
            || await node.Audit.GetProofAsync(row.RowId, ct) is not { } proof
            || _standing.PlaceOf(proof) is not { } place)
        {
            return new Refusal(
                RefusalCode.ReceiptNotFinal, "The recipient's log is not proven to hold the packet yet.", "packet_id");
        }

        var made = Receipt.Parse(stored.Record.Span, stored.Signature.Span)
            .Then(receipt => ReceiptProof.Create(receipt, proof.Entry.Span, proof.Proof.Span));
        if (!made.TryGet(out var whole, out var refusal) || !node.OpenFile(row).TryGet(out var file, out refusal))
        {
            return refusal;
        }

        // A database in which two proofs changed places would else hand out the proof of another packet.
        if (whole.Receipt.PacketId != id
            || (whole.Receipt.Outcome is ReceiptOutcome.Stored && whole.Entry.Tag != file.Trail.Tag))
        {
            return new Refusal(RefusalCode.ReceiptInvalid, "The proof that is kept is of another packet.", "packet_id");
        }

        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.ReceiptExported,
            At = node.Now,
            UserId = actor.UserId.ToArray(),
            Role = (byte)actor.Role,
            PacketId = id.ToArray(),
            ReferralId = row.ReferralId?.ToArray() ?? [],
        };
        await node.Store.CommitAsync(new NodeTransaction("receipt-export", node.Local(detail)), ct);
        var (recipient, key) = FindKey(whole.Receipt.ReceiverKid);
        return new ProvenPacket(whole.ToBytes(), place, recipient, key);
    }

    private (DirectoryNode? Node, VerifyingKey? Key) FindKey(KeyId kid)
    {
        foreach (var entry in node.Directory.Now.Nodes)
        {
            if (entry.Keys.FirstOrDefault(key => key.Kid == kid) is { } found)
            {
                return (entry, found.Key);
            }
        }

        return (null, null);
    }
}
