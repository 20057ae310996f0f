using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>A public Ed25519 key that passed full validation: canonical and of prime order. Immutable.</summary>
/// <remarks>See docs/spec/referral-packet.md, sections 2 and 3.</remarks>
public sealed class VerifyingKey
{
    /// <summary>Size, in bytes.</summary>
    public const int SizeBytes = Ed25519Strict.PublicKeySizeBytes;

    private readonly Ed25519PublicKey _key;

    private VerifyingKey(byte[] bytes, Ed25519PublicKey key)
    {
        _key = key;
        Bytes = bytes;
        Kid = KeyId.FromBytes(TranscriptHash.ComputeOne("sigkey", bytes).ToArray());
    }

    /// <summary>Names the key: <c>kid</c> = D("sigkey", public key).</summary>
    public KeyId Kid { get; }

    /// <summary>The 32 bytes of the key.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Checks and takes a public key.</summary>
    /// <param name="bytes">The key, of any size.</param>
    /// <returns>The key, or a refusal with <see cref="RefusalCode.KeyMalformed"/> when it has not 32 bytes, or
    /// <see cref="RefusalCode.KeyWeak"/> when they are not the canonical form of a point of prime order.</returns>
    public static Result<VerifyingKey> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, $"A signature key has {SizeBytes} bytes.", "public");
        }

        return Ed25519PublicKey.Parse(bytes) is { } key
            ? new VerifyingKey(bytes.ToArray(), key)
            : new Refusal(
                RefusalCode.KeyWeak,
                "The signature key is not the canonical form of a point of prime order.",
                "public");
    }

    /// <summary>Verifies what a <see cref="NoteKey"/> signed, strictly (docs/spec/referral-packet.md, section 3).
    /// </summary>
    /// <param name="message">What was signed, as it is.</param>
    /// <param name="signature">Any number of bytes; only 64 can be right.</param>
    public bool VerifyNote(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _key.Verify(message, signature);

    /// <summary>Verifies a message of the signing rule.</summary>
    internal bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _key.Verify(message, signature);
}
