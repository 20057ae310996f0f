using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Receiving;

/// <summary>What a received packet does to its conversation: order, gaps and repeats
/// (docs/spec/referral-packet.md, section 6).</summary>
internal static class ConversationUpdate
{
    /// <summary>Works out the conversation after a packet.</summary>
    /// <param name="node">This node.</param>
    /// <param name="found">The conversation of exactly this peer; null when there is none yet.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="peer">Its sender.</param>
    /// <param name="id">Its packet id.</param>
    /// <param name="row">The inbox row it will lie in.</param>
    public static Result<Conversation> Apply(
        NodeContext node, Conversation? found, ReceivedPacket packet, NodeId peer, PacketId id, RowId row)
    {
        var heading = packet.Heading;
        if (found is null && !ReferralMachine.MayOpen(heading.Kind))
        {
            return new Refusal(RefusalCode.ConversationUnknown, "There is no such conversation with this peer.");
        }

        var conversation = found ?? Open(node, packet, peer);
        var file = conversation.File;
        var sender = conversation.Incoming ? ConversationRole.Origin : ConversationRole.Receiver;
        if (!ReferralMachine.MaySend(sender, heading.Kind))
        {
            return new Refusal(RefusalCode.StateForbids, "This end of a referral does not send such a packet.");
        }

        if (file.Packets.Count >= ConversationFile.PacketsMax)
        {
            return new Refusal(RefusalCode.ConversationFull, "The conversation holds as many packets as allowed.");
        }

        if (file.Packets.FirstOrDefault(known => known.Incoming && known.Message == heading.Message) is { } before)
        {
            // Said before under another packet id (a reseal whose first copy came through): kept, without effect.
            return before.Sequence == heading.Sequence && before.Kind == heading.Kind
                ? conversation
                : Broken("message used twice");
        }

        if (file.Packets.Any(known => known.Incoming && known.Sequence == heading.Sequence))
        {
            return Broken("sequence used twice");
        }

        // Asked of this end's own word before anything else: an early cancellation must not open the way to a journey.
        if (heading.Kind is MessageKind.MovementDetails or MessageKind.MovementChange && !HasAccepted(file))
        {
            return new Refusal(
                RefusalCode.MovementBeforeAcceptance, "Place and time of travel come only after acceptance.");
        }

        var record = RecordOf(node, packet, id, row);
        var isParked = heading.Sequence != file.LastAppliedSequence + 1 && !ActsOnArrival(heading.Kind);
        if (!Step(conversation, record).TryGet(out var stepped, out var refusal)
            && !(isParked && MayBecomePossible(refusal)))
        {
            return refusal;
        }

        if (!isParked)
        {
            return Drain(stepped! with { File = Keep(file.Add(record), packet, id, row) });  // or it was refused above
        }

        return file.Packets.Count(known => known.Parked) < ConversationFile.ParkedMax
            ? conversation with { File = Keep(file.Add(record with { Parked = true }), packet, id, row) }
            : new Refusal(RefusalCode.ConversationFull, "Too many packets wait for an earlier one.");
    }

    // What must not wait for anything: a gap never hides a cancellation or a changed meeting point.
    private static bool ActsOnArrival(MessageKind kind) => kind is MessageKind.Cancel or MessageKind.MovementChange;

    // Sections are kept whatever the order: what is newest counts, and each opening asks the excerpt again.
    private static ConversationFile Keep(ConversationFile file, ReceivedPacket packet, PacketId id, RowId row)
    {
        var sections = packet.Sections.Select(
            section => new SectionRecord(section.Entry, id, section.PartIndex, row.ToArray()));
        var kept = file.WithSections([.. sections]);

        // An older packet that comes late must not bring back an older consent; only packets with sections bring one.
        var newest = file.Packets.Where(known => known.Incoming && DisclosureRules.CarriesSections(known.Kind))
            .Select(known => known.Sequence)
            .DefaultIfEmpty()
            .Max();
        return kept with
        {
            Excerpt = packet.Heading.Sequence == newest ? packet.Excerpt : kept.Excerpt,
            Stage = packet.Heading.Stage > kept.Stage ? packet.Heading.Stage : kept.Stage,
        };
    }

    private static Result<Conversation> Step(Conversation conversation, PacketRecord record)
    {
        if (record.Answer is PickupAnswer pickup
            && conversation.File.Find(Category.Movement) is { } movement
            && pickup.MovementVersion != movement.Entry.Version)
        {
            // An answer to an older plan crossed with the newer one: it is kept, and the newer plan stays unanswered.
            return pickup.MovementVersion < movement.Entry.Version
                ? conversation
                : new Refusal(RefusalCode.AnswerDoesNotFit, "There is no such plan.");
        }

        // What did not wait for its turn has acted; an earlier packet that comes after it takes nothing back.
        if (record.Kind is not MessageKind.Cancel
            && conversation.File.Packets.Any(
                known => known.Incoming && !known.Parked && known.Sequence > record.Sequence))
        {
            return conversation;
        }

        return ReferralMachine.OnReceived(conversation.State, conversation.Role, record.Kind, record.Answer)
            .Then<Conversation>(next => conversation with { State = next });
    }

    private static bool HasAccepted(ConversationFile file) => file.Packets.Any(known =>
        known is
        {
            Incoming: false,
            IsVoid: false,
            Answer: Decision { Decided: DecisionKind.Accepted or DecisionKind.PartlyAccepted },
        });

    // What is missing may bring the state in which this is allowed; but acceptance is this end's own word.
    private static bool MayBecomePossible(Refusal refusal) => refusal.Code is RefusalCode.StateForbids;

    private static Refusal Broken(string detail) => new(
        RefusalCode.ManifestInvalid, "A number or message of the conversation is used twice.", localDetail: detail);

    // Applies what was parked, as far as nothing is missing any more.
    private static Conversation Drain(Conversation conversation)
    {
        var file = conversation.File;
        while (file.Packets.FirstOrDefault(
            known => known.Incoming && known.Sequence == file.LastAppliedSequence + 1) is { } next)
        {
            // A parked packet that its state forbids stays in the record without effect: it was receipted as stored.
            var state = next.Parked && Step(conversation, next).TryGet(out var stepped, out _)
                ? stepped.State
                : conversation.State;
            file = file with
            {
                LastAppliedSequence = next.Sequence,
                Packets = [.. file.Packets.Select(known => known == next ? known with { Parked = false } : known)],
            };
            conversation = conversation with { State = state, File = file };
        }

        return conversation;
    }

    private static Conversation Open(NodeContext node, ReceivedPacket packet, NodeId peer)
    {
        var now = node.Time.GetUtcNow();
        var heading = packet.Heading;
        return new Conversation(
            RowId.New(node.Time), null, Incoming: true, ReferralState.Draft, 0, now, now,
            new ConversationFile
            {
                Peer = peer,
                Conversation = heading.Conversation,
                Alias = heading.Alias,
                Priority = heading.Priority,
                RespondBy = heading.RespondBy,
                FromCountry = heading.FromCountry,
                ToCountry = heading.ToCountry,
                Stage = heading.Stage,
            });
    }

    private static PacketRecord RecordOf(NodeContext node, ReceivedPacket packet, PacketId id, RowId row) => new()
    {
        Incoming = true,
        PacketId = id,
        Message = packet.Heading.Message,
        Kind = packet.Heading.Kind,
        Sequence = packet.Heading.Sequence,
        At = node.Now,
        Answer = packet.Answer,
        RowId = row.ToArray(),
    };
}
