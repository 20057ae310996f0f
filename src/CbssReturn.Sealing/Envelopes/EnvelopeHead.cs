using System.Buffers.Binary;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>The signed head of an envelope: all that an outsider sees. Immutable.</summary>
/// <remarks>The canonical bytes are ours, so that one head has one spelling (docs/spec/referral-packet.md, section
/// 4.1).</remarks>
public sealed class EnvelopeHead
{
    /// <summary>Most parts in an envelope.</summary>
    public const int PartCountMax = 32;

    internal const int FixedSizeBytes = PartCountOffset + 1;
    internal const int PartSizeBytes = 68;
    internal const int EncapsulatedOffset = 98;

    private const int PartCountOffset = EncapsulatedOffset + XWing.CiphertextSizeBytes;

    private readonly EnvelopePart[] _parts;

    private EnvelopeHead(ReadOnlyMemory<byte> bytes, EnvelopePart[] parts)
    {
        var span = bytes.Span;
        Suite = BinaryPrimitives.ReadUInt16BigEndian(span);
        PacketId = PacketId.FromBytes(span[2..18]);
        SenderKid = KeyId.FromBytes(span[18..50]);
        RecipientRid = KeyId.FromBytes(span[50..82]);
        CreatedAt = BinaryPrimitives.ReadUInt64BigEndian(span[82..]);
        NotAfter = BinaryPrimitives.ReadUInt64BigEndian(span[90..]);
        Encapsulated = bytes.Slice(EncapsulatedOffset, XWing.CiphertextSizeBytes);
        _parts = parts;
    }

    /// <summary>The suite; always an allowed one.</summary>
    public ushort Suite { get; }

    /// <summary>Names the packet, together with <see cref="SenderKid"/>.</summary>
    public PacketId PacketId { get; }

    /// <summary>Which key signed.</summary>
    public KeyId SenderKid { get; }

    /// <summary>To which key the envelope is sealed.</summary>
    public KeyId RecipientRid { get; }

    /// <summary>When the envelope was made, in POSIX seconds.</summary>
    public ulong CreatedAt { get; }

    /// <summary>After which moment nobody may take it in, in POSIX seconds; never before <see
    /// cref="CreatedAt"/>.</summary>
    public ulong NotAfter { get; }

    /// <summary>The encapsulated HPKE key, 1,120 bytes.</summary>
    public ReadOnlyMemory<byte> Encapsulated { get; }

    /// <summary>The parts in order: 8, 16 or 32.</summary>
    public IReadOnlyList<EnvelopePart> Parts => _parts;

    /// <summary>Computes the size of a head.</summary>
    internal static int SizeBytes(int partCount) => FixedSizeBytes + (partCount * PartSizeBytes);

    /// <summary>Reads a head.</summary>
    /// <param name="bytes">Exactly one head; kept, so it must not change.</param>
    /// <param name="isAnyPartCount">Takes 1 to 32 parts, for checks only.</param>
    internal static Result<EnvelopeHead> Parse(ReadOnlyMemory<byte> bytes, bool isAnyPartCount)
    {
        var span = bytes.Span;
        if (span.Length < FixedSizeBytes)
        {
            return Malformed("The head is too short.");
        }

        if (!Sealing.Suite.IsAllowed(BinaryPrimitives.ReadUInt16BigEndian(span)))
        {
            return new Refusal(RefusalCode.SuiteNotAllowed, "The envelope is of a suite that is not known here.");
        }

        int count = span[PartCountOffset];
        if (!(isAnyPartCount ? count is >= 1 and <= PartCountMax : count is 8 or 16 or PartCountMax))
        {
            return Malformed("An envelope has 8, 16 or 32 parts.");
        }

        if (span.Length != SizeBytes(count))
        {
            return Malformed("The head does not have the size that its number of parts asks for.");
        }

        if (BinaryPrimitives.ReadUInt64BigEndian(span[90..]) < BinaryPrimitives.ReadUInt64BigEndian(span[82..]))
        {
            return Malformed("The envelope ends before it begins.");
        }

        var parts = new EnvelopePart[count];
        return TryReadParts(span[FixedSizeBytes..], parts)
            ? new EnvelopeHead(bytes, parts)
            : Malformed("A part has a size that padding cannot give.");
    }

    /// <summary>Makes the refusal for what cannot be parsed.</summary>
    internal static Refusal Malformed(string localDetail) =>
        new(RefusalCode.EnvelopeMalformed, "The envelope cannot be read.", null, localDetail);

    private static bool TryReadParts(ReadOnlySpan<byte> table, EnvelopePart[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var line = table.Slice(i * PartSizeBytes, PartSizeBytes);
            var size = BinaryPrimitives.ReadUInt32BigEndian(line[64..]);
            if (!Padding.IsPaddedSize((long)size - ChaChaPoly.TagSizeBytes))
            {
                return false;
            }

            parts[i] = new EnvelopePart(Digest.FromBytes(line[..32]), Digest.FromBytes(line[32..64]), (int)size);
        }

        return true;
    }
}
