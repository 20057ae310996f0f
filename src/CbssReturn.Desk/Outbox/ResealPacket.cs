using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
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
    private readonly Conversations _conversations = new(node);
    private readonly CaseFiles _cases = new(node);
    private readonly OutgoingCheck _check = new(node);

    /// <summary>Seals again and leaves the packet due now. Consent is asked again: days have gone by.</summary>
    /// <returns>Done, or why it could not be sealed; then nothing has changed.</returns>
    public async Task<Result<Done>> ResealAsync(NodeId peer, ClaimedPacket packet, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var row = await node.Store.GetOutboxRowAsync(packet.Row, ct);
        if (row is not { State: OutboxState.Queued, ReferralId: { } referralId })
        {
            return new Refusal(RefusalCode.ChangedMeanwhile, "The packet is no longer waiting.");
        }

        if (!(await FindKeyAsync(peer, packet, ct)).TryGet(out var key, out var refusal)
            || !_check.OpenParts(row, packet.Envelope).TryGet(out var parts, out refusal)
            || !(await CheckConsentAsync(row.RowId, referralId, parts, ct)).TryGet(out _, out refusal))
        {
            return refusal;
        }

        var (replace, trail) = PacketQueue.SealAgain(node, peer, referralId, row.RowId, key, parts);
        var outcome = await node.Store.CommitAsync(
            new NodeTransaction(
                "packet-reseal",
                new ExpectOutbox(row.RowId, packet.Id, row.State),
                replace,
                node.OfSent(row, AuditOutcome.Failed, DetailOf(AuditDetailKind.PacketSuperseded, row.PacketId)),
                node.OnTrail(
                    AuditEvent.PacketSent,
                    AuditOutcome.Pending,
                    trail,
                    DetailOf(AuditDetailKind.PacketSealed, replace.NewPacketId))),
            ct);
        return outcome.IsCommitted
            ? Done.Instance
            : new Refusal(RefusalCode.ChangedMeanwhile, "The packet changed while it was sealed again.");
    }

    private AuditDetail DetailOf(AuditDetailKind kind, PacketId id) => new()
    {
        Kind = kind,
        At = node.Now,
        PacketId = id.ToArray(),
        ReasonCode = (int)RefusalCode.PeerKeyGone,
    };

    // A peer that says of the very key that it publishes that it is gone has lost its seeds: what is known here of its
    // keys is of no use, and to seal to the same key again would go round in circles.
    private async Task<Result<EpochKeyRecord>> FindKeyAsync(NodeId peer, ClaimedPacket packet, CancellationToken ct)
    {
        var current = await keys.CurrentOfAsync(peer, ct);
        if (!current.TryGet(out var key, out _) || key.Key.Rid != Parse(packet.Envelope).Head.RecipientRid)
        {
            return current;
        }

        await keys.ForgetAsync(peer, ct);
        return new Refusal(RefusalCode.PeerKeyGone, "The recipient no longer has the key that it published.");
    }

    private async Task<Result<Done>> CheckConsentAsync(
        RowId rowId, RowId referralId, IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken ct)
    {
        if (!(await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out var refusal))
        {
            return refusal;
        }

        var kind = conversation.File.FindOutgoing(rowId.ToArray())?.Kind ?? MessageKind.Unspecified;
        if (conversation.CaseId is not { } caseId)
        {
            return Done.Instance;
        }

        return (await _cases.GetAsync(caseId, ct)).TryGet(out var person, out refusal)
            ? _check.Check(person, conversation, kind, parts)
            : refusal;
    }

    // Our own.
    private static Envelope Parse(ReadOnlyMemory<byte> wire) => Envelope.Parse(wire).Value;
}
