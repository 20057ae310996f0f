using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Samples;

/// <summary>Makes the parts of a packet, a good one at first, and then spoils what it is told to.</summary>
internal sealed class PacketForge
{
    private PacketForge(Wire.Manifest manifest, List<ReadOnlyMemory<byte>> parts) =>
        (Manifest, Parts) = (manifest, parts);

    public Wire.Manifest Manifest { get; }

    /// <summary>The parts; part 0 is written from <see cref="Manifest"/> when it is asked for.</summary>
    public List<ReadOnlyMemory<byte>> Parts { get; }

    public static PacketHeading Heading(
        MessageKind kind, ulong sequence = 1, ConversationId? conversation = null, MessageId? message = null) => new()
        {
            Kind = kind,
            Stage = kind is MessageKind.Cancel ? DisclosureStage.Referral : DisclosureRules.StageOf(kind),
            Conversation = conversation ?? ConversationId.NewRandom(),
            Sequence = sequence,
            Message = message ?? MessageId.NewRandom(),
            Priority = Priority.Normal,
            Alias = CaseAlias.Parse("BCDF-234").Value,
        };

    public static PacketForge Of(PacketDraft draft, DateTimeOffset now)
    {
        var parts = PacketWriter.Write(draft, now).Value.Parts;
        return new PacketForge(Wire.Manifest.Parser.ParseFrom(parts[0].Span), [.. parts]);
    }

    public static PacketForge Answer(
        CodedAnswer answer, DateTimeOffset now, ulong sequence = 1, ConversationId? conversation = null) =>
        Of(new PacketDraft { Heading = Heading(answer.Kind, sequence, conversation), Answer = answer }, now);

    /// <summary>A packet with sections, each granted to the recipient for the purpose of the samples.</summary>
    public static PacketForge Sections(
        PacketHeading heading,
        RecipientId recipient,
        DateTimeOffset now,
        params IReadOnlyList<(Category Category, Wire.Section Section)> sections) =>
        Of(
            new PacketDraft
            {
                Heading = heading,
                Excerpt = Consents.Excerpt(
                    now, recipient, sections.Select(section => Consents.Grant(recipient, section.Category))),
                Sections =
                [
                    .. sections.Select(section => new SectionDraft(
                        section.Category, Consents.PurposeOf(section.Category), 1, section.Section.ToByteArray())),
                ],
            },
            now);

    public PacketForge Edit(Action<Wire.Manifest> edit)
    {
        edit(Manifest);
        return this;
    }

    /// <summary>Replaces a part, and its digest in the manifest when it has one.</summary>
    public PacketForge Replace(int index, byte[] content)
    {
        Parts[index] = content;
        var digest = ByteString.CopyFrom(Digest.Of(content).ToArray());
        if (Manifest.Parts[index].Section is { } section)
        {
            section.Digest = digest;
        }
        else if (Manifest.Parts[index].Control is Wire.ControlKind.ConsentExcerpt)
        {
            Manifest.ExcerptDigest = digest;
        }

        return this;
    }

    /// <summary>Rewrites the excerpt, digest included.</summary>
    public PacketForge EditExcerpt(Action<Wire.ConsentExcerpt> edit)
    {
        var index = Manifest.Parts.ToList().FindIndex(part => part.Control is Wire.ControlKind.ConsentExcerpt);
        var excerpt = Wire.ConsentExcerpt.Parser.ParseFrom(Parts[index].Span);
        edit(excerpt);
        return Replace(index, excerpt.ToByteArray());
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> ToParts()
    {
        Parts[0] = Manifest.ToByteArray();
        return Parts;
    }

    public Result<ReceivedPacket> Read(DateTimeOffset now) => PacketReader.Read(ToParts(), now);
}
