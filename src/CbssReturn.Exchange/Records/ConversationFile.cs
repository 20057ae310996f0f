using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Records;

/// <summary>A conversation with one other node about one person, as it lies sealed in the store
/// (cbss/returns/store/v1/records.proto).</summary>
public sealed record ConversationFile
{
    /// <summary>Most packets both ways that one conversation may hold.</summary>
    public const int PacketsMax = 1000;

    /// <summary>Most packets that wait for an earlier one.</summary>
    public const int ParkedMax = 64;

    /// <summary>The other node.</summary>
    public required NodeId Peer { get; init; }

    /// <summary>Names the conversation between the two.</summary>
    public required ConversationId Conversation { get; init; }

    /// <summary>What the two organisations call the person.</summary>
    public required CaseAlias Alias { get; init; }

    /// <summary>How soon an answer is needed.</summary>
    public required Priority Priority { get; init; }

    /// <summary>When an answer is due, UTC; null for none.</summary>
    public DateTimeOffset? RespondBy { get; init; }

    /// <summary>Country the person leaves; null when not told.</summary>
    public CountryCode? FromCountry { get; init; }

    /// <summary>Country the person returns to; null when not told.</summary>
    public CountryCode? ToCountry { get; init; }

    /// <summary>Disclosure stage reached.</summary>
    public required DisclosureStage Stage { get; init; }

    /// <summary>Highest sequence number below which nothing from the peer is missing.</summary>
    public ulong LastAppliedSequence { get; init; }

    /// <summary>Packets both ways, in the order in which they were stored.</summary>
    public IReadOnlyList<PacketRecord> Packets { get; init; } = [];

    /// <summary>What the first packet sends or sent.</summary>
    public IReadOnlyList<SectionChoice> DraftSections { get; init; } = [];

    /// <summary>The question of a drafted enquiry; null otherwise.</summary>
    public CodedAnswer? DraftAnswer { get; init; }

    /// <summary>Newest version of each section held or sent.</summary>
    public IReadOnlyList<SectionRecord> Sections { get; init; } = [];

    /// <summary>The newest consent excerpt received or sent; null for none.</summary>
    public ConsentExcerpt? Excerpt { get; init; }

    /// <summary>The 32-byte salt of this recipient's excerpts; at the origin only, otherwise empty.</summary>
    public ReadOnlyMemory<byte> RecipientSalt { get; init; }

    /// <summary>How many packets of the peer are missing before the newest one.</summary>
    public int Missing
    {
        get
        {
            var incoming = Packets.Where(packet => packet.Incoming).Select(packet => packet.Sequence).ToHashSet();
            var highest = incoming.Count == 0 ? 0 : incoming.Max();
            return highest <= LastAppliedSequence
                ? 0
                : (int)(highest - LastAppliedSequence) - incoming.Count(sequence => sequence > LastAppliedSequence);
        }
    }

    /// <summary>Highest number of an own packet that the peer has said it has, though the packet was lost here in a
    /// rollback; 0 for none.</summary>
    public ulong ReachedSequence { get; init; }

    /// <summary>The number of the next packet towards the peer: the lowest behind <see cref="ReachedSequence"/> that no
    /// packet holds, so that one that was refused or taken back leaves no gap.</summary>
    public ulong NextSequence
    {
        get
        {
            var used = Packets.Where(packet => !packet.Incoming && !packet.IsVoid)
                .Select(packet => packet.Sequence)
                .ToHashSet();
            var next = ReachedSequence + 1;
            while (used.Contains(next))
            {
                next++;
            }

            return next;
        }
    }

    /// <summary>The newest version of a section; null for none.</summary>
    public SectionRecord? Find(Category category) =>
        Sections.FirstOrDefault(section => section.Entry.Category == category);

    /// <summary>The packet of this node that lies in an outbox row; null for none.</summary>
    /// <param name="rowId">The row, 16 bytes.</param>
    public PacketRecord? FindOutgoing(ReadOnlySpan<byte> rowId)
    {
        foreach (var packet in Packets)
        {
            if (!packet.Incoming && packet.RowId.Span.SequenceEqual(rowId))
            {
                return packet;
            }
        }

        return null;
    }

    /// <summary>The conversation with one more packet.</summary>
    public ConversationFile Add(PacketRecord packet) => this with { Packets = [.. Packets, packet] };

    /// <summary>The conversation in which a packet of this node was never taken in by the peer.</summary>
    public ConversationFile Void(PacketRecord packet) => this with
    {
        Packets = [.. Packets.Select(known => known == packet ? known with { IsVoid = true } : known)],
        Sections = [.. Sections.Where(section => section.PacketId != packet.PacketId)],
    };

    /// <summary>The conversation with newer versions of some sections; an older version never replaces a newer one, and
    /// of one version that was sent twice, with another end or purpose, the packet with the higher number
    /// counts.</summary>
    /// <param name="sections">The sections; their packet has been added.</param>
    public ConversationFile WithSections(IReadOnlyList<SectionRecord> sections)
    {
        var newest = Sections.Concat(sections)
            .GroupBy(section => section.Entry.Category)
            .Select(versions => versions.MaxBy(version => (version.Entry.Version, SequenceOf(version.PacketId)))!);
        return this with { Sections = [.. newest] };  // a group is never empty
    }

    private ulong SequenceOf(PacketId id) =>
        Packets.Where(packet => packet.PacketId == id).Select(packet => packet.Sequence).FirstOrDefault();
}
