using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Keys;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Referrals;

/// <summary>Seals a packet and makes the changes that put it into the outbox: outbox row, conversation and audit intake
/// belong to one transaction, so a packet leaves if and only if the case says so.</summary>
internal sealed class PacketQueue(NodeContext node, EpochKeys keys)
{
    /// <summary>How long an envelope may be taken in. Delivery gives up after 72 hours; the rest is for a
    /// mailbox.</summary>
    public static readonly TimeSpan EnvelopeLifetime = TimeSpan.FromDays(30);

    /// <summary>When delivery gives up and asks a person to telephone.</summary>
    public static readonly TimeSpan GiveUpAfter = Deadlines.DeliverWithin;

    public async Task<Result<QueuedPacket>> SealAsync(
        Conversation conversation, PacketDraft draft, AuditDetail detail, CancellationToken ct)
    {
        var peer = conversation.File.Peer;
        if (conversation.File.Packets.Count >= ConversationFile.PacketsMax)
        {
            return new Refusal(RefusalCode.ConversationFull, "The conversation holds as many packets as allowed.");
        }

        if (!(await keys.CurrentOfAsync(peer, ct)).TryGet(out var key, out var refusal)
            || !PacketWriter.Write(draft, node.Now).TryGet(out var written, out refusal))
        {
            return refusal;
        }

        using var envelope = SealParts(node, key, written.Parts);
        var now = node.Time.GetUtcNow();
        var row = RowId.New(node.Time);
        var file = FileOf(node, peer, conversation.ReferralId, envelope);
        var enqueue = new Enqueue(
            new OutboxRow
            {
                RowId = row,
                PeerIndex = node.PeerIndexOf(peer),
                PacketId = envelope.Id,
                ReferralId = conversation.ReferralId,
                DueAt = now,
                GiveUpAt = now + GiveUpAfter,
                Sealed = node.Seal(SealedRows.Outbox, row, OutboxFileCodec.Encode(file)),
                QueuedAt = now,
            },
            envelope.Wire);
        var audited = node.OnTrail(
            AuditEvent.PacketSent,
            AuditOutcome.Pending,
            file.Trail,
            detail with
            {
                Kind = AuditDetailKind.PacketSealed,
                PacketId = envelope.Id.ToArray(),
                ReferralId = conversation.ReferralId.ToArray(),
                ExcerptDigest = written.ExcerptDigest?.ToArray(),
            });
        return new QueuedPacket(row, AddTo(conversation, draft, written, envelope.Id, row), [enqueue, audited]);
    }

    /// <summary>Seals the parts of a packet again, for the same row, under another packet id.</summary>
    /// <returns>The change, and what the audit log knows the new packet by.</returns>
    public static (ReplaceOutboxEnvelope Change, PacketTrail Trail) SealAgain(
        NodeContext node,
        NodeId peer,
        RowId referral,
        RowId row,
        EpochKeyRecord key,
        IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        using var envelope = SealParts(node, key, parts);
        var file = FileOf(node, peer, referral, envelope);
        var content = node.Seal(SealedRows.Outbox, row, OutboxFileCodec.Encode(file));
        var change = new ReplaceOutboxEnvelope(row, envelope.Id, envelope.Wire, content, node.Time.GetUtcNow());
        return (change, file.Trail);
    }

    private static SealedEnvelope SealParts(
        NodeContext node, EpochKeyRecord key, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        EnvelopeSealer.Seal(
            node.Keys.Identity, key.Key, PacketId.NewRandom(), node.Now, node.Now + EnvelopeLifetime, parts);

    private static OutboxFile FileOf(NodeContext node, NodeId peer, RowId referral, SealedEnvelope envelope) => new(
        peer,
        [.. Enumerable.Range(0, envelope.Secrets.Count)
            .Select(index => new ReadOnlyMemory<byte>(envelope.Secrets[index].ToArray()))],
        referral.ToArray(),
        node.NewTrail(peer, Digest.FromBytes(envelope.TransferTag)));

    private ConversationFile AddTo(
        Conversation conversation, PacketDraft draft, WrittenPacket written, PacketId id, RowId row)
    {
        var heading = draft.Heading;
        var file = conversation.File.Add(new PacketRecord
        {
            Incoming = false,
            PacketId = id,
            Message = heading.Message,
            Kind = heading.Kind,
            Sequence = heading.Sequence,
            At = node.Now,
            StateBefore = (byte)conversation.State,
            Answer = draft.Answer,
            RowId = row.ToArray(),
        });
        var sections = written.Sections.Select(
            section => new SectionRecord(section.Entry, id, section.PartIndex, row.ToArray()));
        return file.WithSections([.. sections]) with
        {
            Stage = heading.Stage > file.Stage ? heading.Stage : file.Stage,
            Excerpt = draft.Excerpt ?? file.Excerpt,
        };
    }
}
