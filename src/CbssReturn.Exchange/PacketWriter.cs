using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange;

/// <summary>Turns a draft into the plaintext parts of one envelope (docs/spec/referral-packet.md, sections 5 to
/// 7).</summary>
/// <remarks>The first of the two points at which consent is enforced: a section that the excerpt does not cover for its
/// purpose at this moment is not written, so it can never be sealed by mistake.</remarks>
public static class PacketWriter
{
    /// <summary>The only manifest format (docs/spec/referral-packet.md, section 5).</summary>
    public const uint ManifestFormat = 1;

    /// <summary>Writes the parts: manifest, then excerpt and answer, then sections, then empty dummies.</summary>
    /// <param name="draft">What to say.</param>
    /// <param name="now">The moment of sealing, against which grants are checked.</param>
    /// <returns>The parts, or the refusal of the first rule that is broken.</returns>
    public static Result<WrittenPacket> Write(PacketDraft draft, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Category[] categories = [.. draft.Sections.Select(section => section.Category)];
        if (!PacketRules.Check(draft.Heading, draft.Answer, draft.Excerpt is not null, categories)
            .TryGet(out _, out var broken))
        {
            return broken;
        }

        var manifest = ManifestMapper.ToWire(draft.Heading);
        var parts = new List<ReadOnlyMemory<byte>> { ReadOnlyMemory<byte>.Empty };
        manifest.Parts.Add(Control(0, Wire.ControlKind.Manifest));
        AddExcerpt(draft, manifest, parts);
        if (draft.Answer is not null)
        {
            manifest.Parts.Add(Control(parts.Count, Wire.ControlKind.Answer));
            parts.Add(AnswerMapper.ToWire(draft.Answer).ToByteArray());
        }

        var sections = new List<ReceivedSection>();
        if (AddSections(draft, now, manifest, parts, sections) is { } refusal)
        {
            return refusal;
        }

        var total = EnvelopeSealer.PartCountFor(parts.Count);
        while (parts.Count < total)
        {
            manifest.Parts.Add(new Wire.PartEntry { Index = (uint)parts.Count, Dummy = new Wire.Dummy() });
            parts.Add(ReadOnlyMemory<byte>.Empty);
        }

        parts[0] = manifest.ToByteArray();
        if (parts.Any(part => part.Length > Envelope.PartDataSizeBytesMax)
            || EnvelopeSealer.SizeBytesOf(parts) > Envelope.SizeBytesMax)
        {
            return new Refusal(RefusalCode.EnvelopeTooLarge, "A section may have 4 MiB, a whole packet 16 MiB.");
        }

        return new WrittenPacket(
            parts, sections, draft.Excerpt is null ? null : Digest.FromBytes(manifest.ExcerptDigest.Span));
    }

    private static void AddExcerpt(PacketDraft draft, Wire.Manifest manifest, List<ReadOnlyMemory<byte>> parts)
    {
        if (draft.Excerpt is null)
        {
            return;
        }

        var bytes = ConsentMapper.ToWire(draft.Excerpt).ToByteArray();
        manifest.ExcerptDigest = ByteString.CopyFrom(Digest.Of(bytes).ToArray());
        manifest.LegalBasis = Wire.LegalBasis.Consent;
        manifest.Parts.Add(Control(parts.Count, Wire.ControlKind.ConsentExcerpt));
        parts.Add(bytes);
    }

    private static Refusal? AddSections(
        PacketDraft draft,
        DateTimeOffset now,
        Wire.Manifest manifest,
        List<ReadOnlyMemory<byte>> parts,
        List<ReceivedSection> sections)
    {
        var read = new List<Section>();
        foreach (var section in draft.Sections)
        {
            if (draft.Excerpt is null)
            {
                return new Refusal(RefusalCode.ConsentMissing, "No section leaves without the person's consent.");
            }

            if (!draft.Excerpt.Decide(section.Category, section.Purpose, now).TryGet(out var grant, out var refusal))
            {
                return refusal;
            }

            if (!SectionReader.Read(section.Category, section.Content.Span, now).TryGet(out var opened, out refusal))
            {
                return refusal;
            }

            read.Add(opened.Content);
            var endsAt = SectionLifetime.EndOf(opened.Content, grant.ExpiresAt);
            if (now >= endsAt)
            {
                return new Refusal(RefusalCode.SectionExpired, "The journey is long over, so it is not sent any more.");
            }

            var entry = new SectionEntry(
                section.Category, section.Purpose, section.Version, endsAt, Digest.Of(section.Content.Span));
            sections.Add(new ReceivedSection(entry, parts.Count));
            manifest.Parts.Add(new Wire.PartEntry
            {
                Index = (uint)parts.Count,
                Section = ManifestMapper.ToWire(entry),
            });
            parts.Add(section.Content);
        }

        var permissions = draft.Excerpt?.Permissions ?? new Permissions();
        return DisclosureRules.CheckContent(draft.Heading.Stage, read, permissions, draft.Heading.Alias)
            .TryGet(out _, out var broken)
            ? null
            : broken;
    }

    private static Wire.PartEntry Control(int index, Wire.ControlKind kind) =>
        new() { Index = (uint)index, Control = kind };
}
