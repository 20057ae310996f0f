using System.Security.Cryptography;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange;

/// <summary>Reads the opened parts of one envelope (docs/spec/referral-packet.md, sections 5 to 7 and 10, step
/// 6).</summary>
/// <remarks>The second of the two points at which consent is enforced: a section that the excerpt in the same packet
/// does not cover for its purpose at this moment makes the whole packet unfit. Every later opening asks
/// again.</remarks>
public static class PacketReader
{
    /// <summary>Reads and checks everything that a packet says.</summary>
    /// <param name="parts">The plaintext parts in their order, all of them opened.</param>
    /// <param name="now">The moment of receipt.</param>
    /// <returns>The packet, or the refusal of the first rule that is broken; the peer is never told which.</returns>
    public static Result<ReceivedPacket> Read(IReadOnlyList<ReadOnlyMemory<byte>> parts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (!StrictProto.ParseClosed(Wire.Manifest.Parser, parts[0].Span).TryGet(out var manifest, out var refusal)
            || !ManifestMapper.HeadingFromWire(manifest).TryGet(out var heading, out refusal)
            || !ManifestMapper.TableFromWire(manifest, parts.Count).TryGet(out var table, out refusal)
            || !ReadExcerpt(manifest, table, parts).TryGet(out var excerpt, out refusal)
            || !ReadAnswer(table, parts).TryGet(out var answer, out refusal)
            || !PacketRules.Check(heading, answer.Value, excerpt.Value is not null, table.Categories)
                .TryGet(out _, out refusal)
            || !CheckSections(table, excerpt.Value, heading, parts, now).TryGet(out _, out refusal)
            || !CheckDummies(table, parts).TryGet(out _, out refusal))
        {
            return refusal;
        }

        return new ReceivedPacket
        {
            Heading = heading,
            Answer = answer.Value,
            Excerpt = excerpt.Value,
            ExcerptDigest = excerpt.Value is null ? null : Digest.FromBytes(manifest.ExcerptDigest.Span),
            Sections = table.Sections,
        };
    }

    /// <summary>Reads which sections a packet of this node's own holds; asks nothing about consent.</summary>
    /// <param name="parts">The plaintext parts in their order.</param>
    /// <returns>The sections, or the refusal of a manifest that breaks a rule.</returns>
    public static Result<IReadOnlyList<ReceivedSection>> ReadSections(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return StrictProto.ParseClosed(Wire.Manifest.Parser, parts[0].Span)
            .Then(manifest => ManifestMapper.TableFromWire(manifest, parts.Count))
            .Then<IReadOnlyList<ReceivedSection>>(table => new List<ReceivedSection>(table.Sections));
    }

    private static Result<Optional<ConsentExcerpt>> ReadExcerpt(
        Wire.Manifest manifest, PartTable table, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (table.ExcerptIndex is not { } index)
        {
            return manifest.ExcerptDigest.IsEmpty && manifest.LegalBasis == Wire.LegalBasis.Unspecified
                ? default(Optional<ConsentExcerpt>)
                : Broken("The manifest names an excerpt that is not there.");
        }

        var bytes = parts[index].Span;
        if (manifest.LegalBasis != Wire.LegalBasis.Consent)
        {
            return Broken("An excerpt stands beside a legal basis that is not consent.");
        }

        if (!CryptographicOperations.FixedTimeEquals(manifest.ExcerptDigest.Span, Digest.Of(bytes).ToArray()))
        {
            return new Refusal(RefusalCode.DigestDoesNotMatch, "The manifest's digest is not the excerpt's.");
        }

        return StrictProto.ParseClosed(Wire.ConsentExcerpt.Parser, bytes, StrictProto.ExcerptSizeBytesMax)
            .Then(ConsentMapper.ExcerptFromWire)
            .Then<Optional<ConsentExcerpt>>(excerpt => new Optional<ConsentExcerpt>(excerpt));
    }

    private static Result<Optional<CodedAnswer>> ReadAnswer(
        PartTable table, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        table.AnswerIndex is not { } index
            ? default(Optional<CodedAnswer>)
            : StrictProto.ParseClosed(Wire.Answer.Parser, parts[index].Span)
                .Then(AnswerMapper.FromWire)
                .Then<Optional<CodedAnswer>>(answer => new Optional<CodedAnswer>(answer));

    private static Result<Done> CheckSections(
        PartTable table,
        ConsentExcerpt? excerpt,
        PacketHeading heading,
        IReadOnlyList<ReadOnlyMemory<byte>> parts,
        DateTimeOffset now)
    {
        var read = new List<Section>();
        foreach (var (entry, index) in table.Sections)
        {
            if (excerpt is null || !excerpt.Decide(entry.Category, entry.Purpose, now).TryGet(out var grant, out _))
            {
                return NotCovered();
            }

            if (entry.Digest != Digest.Of(parts[index].Span))
            {
                return new Refusal(RefusalCode.DigestDoesNotMatch, "The manifest's digest is not the section's.");
            }

            if (!SectionReader.Read(entry.Category, parts[index].Span, now).TryGet(out var section, out var refusal))
            {
                return refusal;
            }

            if (entry.ExpiresAt > SectionLifetime.EndOf(section.Content, grant.ExpiresAt))
            {
                return NotCovered();
            }

            read.Add(section.Content);
        }

        return DisclosureRules.CheckContent(
            heading.Stage, read, excerpt?.Permissions ?? new Permissions(), heading.Alias);
    }

    private static Result<Done> CheckDummies(PartTable table, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        table.DummyIndexes.All(index => parts[index].IsEmpty)
            ? Done.Instance
            : Broken("A dummy part is not empty.");

    private static Refusal NotCovered() =>
        new(RefusalCode.SectionNotCovered, "The excerpt does not cover a section.");

    private static Refusal Broken(string message) => new(RefusalCode.ManifestInvalid, message);
}
