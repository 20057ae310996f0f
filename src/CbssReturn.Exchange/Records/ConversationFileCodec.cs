using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Sealing;
using Google.Protobuf;
using Packet = CbssReturn.Contracts.Packet.V1;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Records;

/// <summary>A <see cref="ConversationFile"/> as bytes. What does not decode is a broken promise of our own
/// store.</summary>
public static class ConversationFileCodec
{
    /// <summary>Encodes a conversation.</summary>
    public static byte[] Encode(ConversationFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var wire = new Wire.ConversationFile
        {
            Peer = ByteString.CopyFrom(file.Peer.ToArray()),
            ConversationId = ByteString.CopyFrom(file.Conversation.ToArray()),
            CaseAlias = file.Alias.ToString(),
            Priority = (Packet.Priority)file.Priority,
            RespondBy = PosixSeconds.From(file.RespondBy),
            FromCountry = file.FromCountry?.ToString() ?? string.Empty,
            ToCountry = file.ToCountry?.ToString() ?? string.Empty,
            Stage = (Packet.DisclosureStage)file.Stage,
            LastAppliedSequence = file.LastAppliedSequence,
            ReachedSequence = file.ReachedSequence,
            RecipientSalt = ByteString.CopyFrom(file.RecipientSalt.Span),
        };
        wire.Packets.AddRange(file.Packets.Select(ToWire));
        wire.DraftSections.AddRange(file.DraftSections.Select(choice => new Packet.SectionEntry
        {
            Category = (Packet.Category)choice.Category,
            Purpose = (Packet.Purpose)choice.Purpose,
        }));
        wire.Sections.AddRange(file.Sections.Select(ToWire));
        if (file.DraftAnswer is not null)
        {
            wire.DraftAnswer = AnswerMapper.ToWire(file.DraftAnswer);
        }

        if (file.Excerpt is not null)
        {
            wire.Excerpt = ConsentMapper.ToWire(file.Excerpt).ToByteString();
        }

        return wire.ToByteArray();
    }

    /// <summary>Decodes a conversation.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not a conversation.</exception>
    public static ConversationFile Decode(ReadOnlySpan<byte> bytes)
    {
        var wire = Wire.ConversationFile.Parser.ParseFrom(bytes);
        return new ConversationFile
        {
            Peer = NodeId.FromBytes(wire.Peer.Span),
            Conversation = ConversationId.FromBytes(wire.ConversationId.Span).Value,
            Alias = CaseAlias.Parse(wire.CaseAlias).Value,
            Priority = (Priority)wire.Priority,
            RespondBy = PosixSeconds.Parse(wire.RespondBy),
            FromCountry = Country(wire.FromCountry),
            ToCountry = Country(wire.ToCountry),
            Stage = (DisclosureStage)wire.Stage,
            LastAppliedSequence = wire.LastAppliedSequence,
            ReachedSequence = wire.ReachedSequence,
            RecipientSalt = wire.RecipientSalt.Memory,
            Packets = [.. wire.Packets.Select(FromWire)],
            DraftSections =
            [
                .. wire.DraftSections.Select(
                    choice => new SectionChoice((Category)choice.Category, (Purpose)choice.Purpose)),
            ],
            Sections = [.. wire.Sections.Select(FromWire)],
            DraftAnswer = wire.DraftAnswer is null ? null : AnswerMapper.FromWire(wire.DraftAnswer).Value,
            Excerpt = wire.Excerpt.IsEmpty
                ? null
                : ConsentMapper.ExcerptFromWire(Packet.ConsentExcerpt.Parser.ParseFrom(wire.Excerpt)).Value,
        };
    }

    private static CountryCode? Country(string text) => text.Length == 0 ? null : CountryCode.Parse(text).Value;

    private static Wire.PacketRecord ToWire(PacketRecord packet)
    {
        var wire = new Wire.PacketRecord
        {
            Incoming = packet.Incoming,
            PacketId = ByteString.CopyFrom(packet.PacketId.ToArray()),
            MessageId = ByteString.CopyFrom(packet.Message.ToArray()),
            Kind = (Packet.MessageKind)packet.Kind,
            Sequence = packet.Sequence,
            At = PosixSeconds.From(packet.At),
            Parked = packet.Parked,
            IsVoid = packet.IsVoid,
            StateBefore = packet.StateBefore,
            RowId = ByteString.CopyFrom(packet.RowId.Span),
        };
        if (packet.Answer is not null)
        {
            wire.Answer = AnswerMapper.ToWire(packet.Answer);
        }

        return wire;
    }

    private static PacketRecord FromWire(Wire.PacketRecord wire) => new()
    {
        Incoming = wire.Incoming,
        PacketId = PacketId.FromBytes(wire.PacketId.Span),
        Message = MessageId.FromBytes(wire.MessageId.Span).Value,
        Kind = (MessageKind)wire.Kind,
        Sequence = wire.Sequence,
        At = DateTimeOffset.FromUnixTimeSeconds((long)wire.At),
        Parked = wire.Parked,
        IsVoid = wire.IsVoid,
        StateBefore = (byte)wire.StateBefore,
        Answer = wire.Answer is null ? null : AnswerMapper.FromWire(wire.Answer).Value,
        RowId = wire.RowId.Memory,
    };

    private static Wire.SectionRecord ToWire(SectionRecord section) => new()
    {
        Entry = ManifestMapper.ToWire(section.Entry),
        PacketId = ByteString.CopyFrom(section.PacketId.ToArray()),
        PartIndex = (uint)section.PartIndex,
        RowId = ByteString.CopyFrom(section.RowId.Span),
    };

    private static SectionRecord FromWire(Wire.SectionRecord wire) => new(
        ManifestMapper.EntryFromWire(wire.Entry).Value,
        PacketId.FromBytes(wire.PacketId.Span),
        (int)wire.PartIndex,
        wire.RowId.Memory);
}
