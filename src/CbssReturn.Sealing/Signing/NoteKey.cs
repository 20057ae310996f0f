using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>A private Ed25519 key that signs the text of C2SP signed notes as it is, and nothing else. Safe to share
/// between threads until disposed; disposing zeroes it.</summary>
/// <remarks>
/// A type of its own, because notes do not follow the <see cref="SigningRule"/>: a key that did both could be made to
/// sign one as the other. Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature.
/// </remarks>
public sealed class NoteKey : IDisposable
{
    /// <summary>Size of the private seed, in bytes.</summary>
    public const int SeedSizeBytes = Ed25519Strict.SeedSizeBytes;

    /// <summary>Size of a signature, in bytes.</summary>
    public const int SignatureSizeBytes = Ed25519Strict.SignatureSizeBytes;

    private readonly SecretBytes _expanded;

    private NoteKey(ReadOnlySpan<byte> seed)
    {
        _expanded = new SecretBytes(Ed25519Strict.ExpandedSizeBytes);
        Span<byte> publicKey = stackalloc byte[Ed25519Strict.PublicKeySizeBytes];
        Ed25519Strict.Expand(seed, _expanded.Span, publicKey);
        Public = VerifyingKey.Parse(publicKey).Value;
    }

    /// <summary>The public half; <see cref="VerifyingKey.VerifyNote"/> checks what this key signs.</summary>
    public VerifyingKey Public { get; }

    /// <summary>Makes the key of a seed.</summary>
    /// <param name="seed">Exactly 32 secret bytes; the caller zeroes its own copy.</param>
    /// <exception cref="ArgumentException">The size is another.</exception>
    public static NoteKey FromSeed(ReadOnlySpan<byte> seed) => seed.Length == SeedSizeBytes
        ? new NoteKey(seed)
        : throw new ArgumentException($"A seed has {SeedSizeBytes} bytes.", nameof(seed));

    /// <summary>Signs the text of a note, or the message that a cosignature signs.</summary>
    /// <param name="message">Any number of bytes, signed as they are.</param>
    /// <returns>64 bytes.</returns>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        // A copy on the stack: signing with a key that is zeroed halfway would give the private key away.
        Span<byte> expanded = stackalloc byte[Ed25519Strict.ExpandedSizeBytes];
        _expanded.CopyTo(expanded);
        var signature = new byte[SignatureSizeBytes];
        Ed25519Strict.Sign(expanded, Public.Bytes.Span, message, signature);
        CryptographicOperations.ZeroMemory(expanded);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => _expanded.Dispose();
}
