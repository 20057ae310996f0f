using System.Buffers.Binary;
using System.Text;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>The one rule by which every record is signed: Ed25519 over "CBSS-RETURN/1 " ‖ label ‖ "-signature" ‖ suite
/// u16 ‖ D(label, x1..xn).</summary>
/// <remarks>Records are signed and verified as the bytes that travel, never re-encoded. A signature under one label
/// never verifies under another (docs/spec/referral-packet.md, section 3).</remarks>
public static class SigningRule
{
    /// <summary>Size of a signature of <see cref="Suite.One"/>, in bytes.</summary>
    public const int SignatureSizeBytes = Ed25519Strict.SignatureSizeBytes;

    private const int MessageSizeBytesMax = 14 + TranscriptHash.LabelSizeBytesMax + 10 + 2 + Digest.SizeBytes;

    /// <summary>Signs a record.</summary>
    /// <param name="key">Whose signature it is.</param>
    /// <param name="suite">An allowed suite.</param>
    /// <param name="label">The label of the record.</param>
    /// <param name="fields">The fields of the record.</param>
    /// <returns>64 bytes; the same record gets the same signature.</returns>
    /// <exception cref="ArgumentException">The suite or the label cannot be used.</exception>
    public static byte[] Sign(
        SigningKey key, ushort suite, string label, params ReadOnlySpan<ReadOnlyMemory<byte>> fields)
    {
        var signature = new byte[SignatureSizeBytes];
        SignDigest(key, suite, label, TranscriptHash.Compute(label, fields), signature);
        return signature;
    }

    /// <summary>Verifies the signature of a record, strictly.</summary>
    /// <param name="key">Whose signature it must be.</param>
    /// <param name="suite">The suite that the record names; one that is not allowed gives false.</param>
    /// <param name="label">The label of the record.</param>
    /// <param name="signature">The signature, of any size.</param>
    /// <param name="fields">The fields of the record, as received.</param>
    /// <exception cref="ArgumentException">The label cannot be used.</exception>
    public static bool Verify(
        VerifyingKey key,
        ushort suite,
        string label,
        ReadOnlySpan<byte> signature,
        params ReadOnlySpan<ReadOnlyMemory<byte>> fields) =>
        VerifyDigest(key, suite, label, TranscriptHash.Compute(label, fields), signature);

    /// <summary>Signs a record whose transcript hash is known already.</summary>
    internal static void SignDigest(SigningKey key, ushort suite, string label, Digest digest, Span<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!Suite.IsAllowed(suite))
        {
            throw new ArgumentException("The suite is not allowed.", nameof(suite));
        }

        Span<byte> message = stackalloc byte[MessageSizeBytesMax];
        key.Sign(message[..WriteMessage(message, suite, label, digest)], signature);
    }

    /// <summary>Verifies the signature of a record whose transcript hash is known already.</summary>
    internal static bool VerifyDigest(
        VerifyingKey key, ushort suite, string label, Digest digest, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> message = stackalloc byte[MessageSizeBytesMax];
        return Suite.IsAllowed(suite)
            && key.Verify(message[..WriteMessage(message, suite, label, digest)], signature);
    }

    private static int WriteMessage(Span<byte> message, ushort suite, string label, Digest digest)
    {
        "CBSS-RETURN/1 "u8.CopyTo(message);
        var count = 14 + Encoding.ASCII.GetBytes(label, message[14..]);
        "-signature"u8.CopyTo(message[count..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[(count + 10)..], suite);
        digest.CopyTo(message[(count + 12)..]);
        return count + 12 + Digest.SizeBytes;
    }
}
