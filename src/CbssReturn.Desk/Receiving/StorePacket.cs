using CbssReturn.AuditLog;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Receiving;

/// <summary>Stores what was received, or that it was refused: packet, replay row, conversation, audit intake and
/// receipt in one transaction, or none of them (docs/spec/referral-packet.md, section 10, step 7).</summary>
public sealed class StorePacket(NodeContext node)
{
    // A conversation that changes under our hands is read again; each round is somebody else's success.
    private const int RoundsMax = 16;

    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(1);

    private readonly Conversations _conversations = new(node);
    private readonly NotedConflicts _conflicts = new();

    /// <summary>Stores a packet whose every rule of form holds.</summary>
    /// <returns>The answer to give, or the refusal of a rule of the referral's life cycle; then nothing is
    /// stored.</returns>
    internal async Task<Result<DeliveryAnswer>> StoreAsync(
        Envelope envelope, OpenedEnvelope opened, ReceivedPacket packet, NodeId peer, CancellationToken ct)
    {
        var row = RowId.New(node.Time);
        var receipt = Issue(envelope, ReceiptOutcome.Stored);
        for (var round = 0; round < RoundsMax; round++)
        {
            var found = await _conversations.FindAsync(peer, packet.Heading.Conversation, ct);
            var change = ConversationUpdate.Apply(node, found, packet, peer, envelope.Head.PacketId, row);
            if (!change.TryGet(out var conversation, out var refusal))
            {
                return refusal;
            }

            // A message that was said before leaves its receipt and nothing else, however often it is sealed again.
            var isRepeat = ReferenceEquals(conversation, found);
            var outcome = await node.Store.CommitAsync(
                new NodeTransaction(
                    "packet-receive",
                    _conversations.Put(conversation),
                    new AddReceived(
                        new ReceivedRow
                        {
                            RowId = row,
                            SenderKid = envelope.Head.SenderKid,
                            PacketId = envelope.Head.PacketId,
                            EnvelopeHash = envelope.Hash,
                            ReferralId = conversation.ReferralId,
                            State = ReceivedState.Stored,
                            Receipt = receipt,
                            Secrets = isRepeat ? null : SealSecrets(row, opened),
                            ReceivedAt = node.Time.GetUtcNow(),
                        },
                        isRepeat ? default : envelope.Wire),
                    node.OnTrail(
                        AuditEvent.PacketReceived,
                        AuditOutcome.Done,
                        node.NewTrail(peer, Digest.FromBytes(opened.TransferTag)),
                        DetailOf(packet, envelope, conversation.ReferralId, peer),
                        subject: row)),
                ct);
            if (outcome.IsCommitted)
            {
                return new DeliveryAnswer.Receipted(receipt);
            }

            if (await AnsweredMeanwhileAsync(envelope, peer, ct) is { } answer)
            {
                return answer;
            }
        }

        return new DeliveryAnswer.Busy(BusyFor);
    }

    /// <summary>Remembers that a packet was refused, with its envelope when a person may want to look into
    /// it.</summary>
    internal async Task<DeliveryAnswer> RefuseAsync(
        Envelope envelope, NodeId peer, RefusalCode code, bool quarantine, CancellationToken ct)
    {
        var receipt = Issue(envelope, ReceiptOutcome.Refused);
        var row = new ReceivedRow
        {
            RowId = RowId.New(node.Time),
            SenderKid = envelope.Head.SenderKid,
            PacketId = envelope.Head.PacketId,
            EnvelopeHash = envelope.Hash,
            State = quarantine ? ReceivedState.Quarantined : ReceivedState.Refused,
            ReasonCode = code,
            Receipt = receipt,
            ReceivedAt = node.Time.GetUtcNow(),
        };
        var audited = node.OnTrail(
            AuditEvent.PacketRefused,
            AuditOutcome.Refused,
            node.NewTrail(peer, LogEntry.RefusedTag(envelope.Hash)),
            DetailOf(AuditDetailKind.PacketRefused, envelope, code, peer),
            subject: row.RowId);
        StoreChange kept = quarantine ? new AddQuarantined(row, envelope.Wire) : new AddReceived(row, default);
        var outcome = await node.Store.CommitAsync(new NodeTransaction("packet-refuse", kept, audited), ct);
        return outcome.IsCommitted
            ? new DeliveryAnswer.Receipted(receipt)
            : await AnsweredMeanwhileAsync(envelope, peer, ct) ?? new DeliveryAnswer.Busy(BusyFor);
    }

    /// <summary>Answers an envelope whose packet id belongs to another one. Signed, not stored: the row of the first
    /// envelope stands, and this answer can be given again at any time. The first conflict of an id is noted.</summary>
    internal async Task<DeliveryAnswer> ConflictAsync(Envelope envelope, NodeId peer, CancellationToken ct)
    {
        var (sender, packet) = (envelope.Head.SenderKid, envelope.Head.PacketId);
        if (_conflicts.IsNew(sender, packet))
        {
            var detail = DetailOf(AuditDetailKind.PacketConflict, envelope, RefusalCode.PacketIdReused, peer);
            await node.Store.CommitAsync(
                new NodeTransaction("packet-conflict", node.Local(detail, AuditOutcome.Refused)), ct);
            _conflicts.Add(sender, packet);
        }

        return new DeliveryAnswer.Receipted(Issue(envelope, ReceiptOutcome.Conflict));
    }

    private StoredReceipt Issue(Envelope envelope, ReceiptOutcome outcome)
    {
        var receipt = Receipt.Issue(
            node.Keys.Identity, envelope.Head.PacketId, envelope.Hash, outcome, node.Now);
        return new StoredReceipt(receipt.Record, receipt.Signature);
    }

    // The same packet may have come twice at once: what the other one stored is the answer.
    private async Task<DeliveryAnswer?> AnsweredMeanwhileAsync(
        Envelope envelope, NodeId peer, CancellationToken ct)
    {
        var known = await node.Store.FindReceivedAsync(envelope.Head.SenderKid, envelope.Head.PacketId, ct);
        if (known is null)
        {
            return null;
        }

        return known.EnvelopeHash == envelope.Hash
            ? new DeliveryAnswer.Receipted(known.Receipt)
            : await ConflictAsync(envelope, peer, ct);
    }

    private SealedContent SealSecrets(RowId row, OpenedEnvelope opened) => node.Seal(
        SealedRows.Received,
        row,
        OutboxFileCodec.EncodeSecrets(
        [
            .. Enumerable.Range(0, opened.Secrets.Count)
                .Select(index => new ReadOnlyMemory<byte>(opened.Secrets[index].ToArray())),
        ]));

    private AuditDetail DetailOf(
        AuditDetailKind kind, Envelope envelope, RefusalCode code, NodeId peer) => new()
    {
        Kind = kind,
        At = node.Now,
        PacketId = envelope.Head.PacketId.ToArray(),
        ReasonCode = (int)code,
        Peer = peer.ToArray(),
    };

    private AuditDetail DetailOf(ReceivedPacket packet, Envelope envelope, RowId referralId, NodeId peer) => new()
    {
        Kind = AuditDetailKind.PacketStored,
        At = node.Now,
        PacketId = envelope.Head.PacketId.ToArray(),
        ReferralId = referralId.ToArray(),
        Peer = peer.ToArray(),
        ExcerptDigest = packet.ExcerptDigest?.ToArray(),
        Categories = [.. packet.Sections.Select(section => section.Entry.Category)],
    };
}
