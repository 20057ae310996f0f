using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>HKDF with SHA-256, its two halves apart.</summary>
/// <remarks>
/// <para>Reference: RFC 5869; HPKE KDF id 0x0001.</para>
/// <para>Sizes in bytes: pseudorandom key 32; output 1 to 8160.</para>
/// <para>The caller must never expand a secret that is not uniformly random, such as a passphrase, and never expand one
/// key twice under one info for two uses.</para>
/// </remarks>
internal static class HkdfSha256
{
    /// <summary>Size of a pseudorandom key, in bytes.</summary>
    public const int KeySizeBytes = 32;

    /// <summary>Largest output, in bytes.</summary>
    public const int OutputSizeBytesMax = 255 * 32;

    /// <summary>Concentrates input into a pseudorandom key.</summary>
    public static void Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> input, Span<byte> key) =>
        HKDF.Extract(HashAlgorithmName.SHA256, input, salt, key[..KeySizeBytes]);

    /// <summary>Expands a pseudorandom key.</summary>
    /// <exception cref="ArgumentException">The output is empty or larger than <see
    /// cref="OutputSizeBytesMax"/>.</exception>
    public static void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> info, Span<byte> output) =>
        HKDF.Expand(HashAlgorithmName.SHA256, key, output, info);
}
