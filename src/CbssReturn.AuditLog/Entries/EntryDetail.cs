using System.Buffers.Binary;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What an entry commits to and the tree does not hold: its true kind, and who did what. Kept sealed beside
/// the log, and erasable, which the tree is not.</summary>
/// <remarks>
/// <c>cbss/addendum/v1\n</c> ‖ nonce 32 ‖ kind u32 ‖ length u32 ‖ content ‖ zero bytes up to a multiple of
/// <see cref="PaddingSizeBytes"/> (docs/spec/audit-log.md, section 2). The nonce keeps a digest from being guessed
/// back once the detail is erased; the same nonce is never used for two details.
/// </remarks>
public sealed record EntryDetail
{
    /// <summary>Size of the nonce, in bytes.</summary>
    public const int NonceSizeBytes = 32;

    /// <summary>Details are padded to a multiple of this, in bytes, so that their size tells little.</summary>
    public const int PaddingSizeBytes = 512;

    /// <summary>Largest detail, in bytes.</summary>
    public const int SizeBytesMax = 64 * PaddingSizeBytes;

    private const int KindOffset = 17 + NonceSizeBytes;
    private const int LengthOffset = KindOffset + sizeof(uint);
    private const int ContentOffset = LengthOffset + sizeof(uint);

    private EntryDetail(uint kind, ReadOnlyMemory<byte> content) => (Kind, Content) = (kind, content);

    /// <summary>The true kind; the numbers are those of the node's store.</summary>
    public uint Kind { get; }

    /// <summary>The content without padding; opaque here.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    private static ReadOnlySpan<byte> Prefix => "cbss/addendum/v1\n"u8;

    /// <summary>Writes a detail.</summary>
    /// <param name="nonce">32 bytes that nobody else can know and that no other detail has.</param>
    /// <param name="kind">The true kind.</param>
    /// <param name="content">The content; with everything else at most <see cref="SizeBytesMax"/> bytes.</param>
    /// <exception cref="ArgumentException">The nonce has another size, or the content is too large.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> nonce, uint kind, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceSizeBytes, nameof(nonce));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            content.Length, SizeBytesMax - ContentOffset, nameof(content));
        var bytes = new byte[PaddedSize(content.Length)];
        Prefix.CopyTo(bytes);
        nonce.CopyTo(bytes.AsSpan(Prefix.Length));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(KindOffset), kind);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthOffset), content.Length);
        content.CopyTo(bytes.AsSpan(ContentOffset));
        return bytes;
    }

    /// <summary>Checks that a detail is the one that an entry commits to, and takes it apart.</summary>
    /// <param name="bytes">The detail, of any size.</param>
    /// <param name="commitment"><see cref="LogEntry.Detail"/> of the entry.</param>
    /// <returns>The detail, which points into the bytes; or a refusal with <see cref="RefusalCode.DetailWrong"/> when
    /// the digest is another or the detail does not have its one form.</returns>
    public static Result<EntryDetail> Open(ReadOnlyMemory<byte> bytes, Digest commitment)
    {
        if (bytes.Length > SizeBytesMax || Digest.Of(bytes.Span) != commitment)
        {
            return Wrong("The detail is not the one that the entry commits to.");
        }

        var span = bytes.Span;
        if (!span.StartsWith(Prefix) || span.Length < ContentOffset)
        {
            return Wrong("The detail does not start as a detail does.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(span[LengthOffset..]);
        if (length > SizeBytesMax
            || span.Length != PaddedSize((int)length)
            || span[(ContentOffset + (int)length)..].ContainsAnyExcept((byte)0))
        {
            return Wrong("The detail is not padded as a detail is.");
        }

        var kind = BinaryPrimitives.ReadUInt32BigEndian(span[KindOffset..]);
        return new EntryDetail(kind, bytes.Slice(ContentOffset, (int)length));
    }

    private static int PaddedSize(int contentLength) =>
        (ContentOffset + contentLength + PaddingSizeBytes - 1) / PaddingSizeBytes * PaddingSizeBytes;

    private static Refusal Wrong(string message) => new(RefusalCode.DetailWrong, message, "detail");
}
