using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using BouncyChaCha20Poly1305 = Org.BouncyCastle.Crypto.Modes.ChaCha20Poly1305;

namespace CbssReturn.Sealing.Primitives;

/// <summary>ChaCha20-Poly1305: the platform's where it has it, else the library's.</summary>
/// <remarks>
/// <para>Reference: RFC 8439, section 2.8; HPKE AEAD id 0x0003.</para>
/// <para>Sizes in bytes: key 32, nonce 12, tag 16; ciphertext = plaintext + 16.</para>
/// <para>Plaintext and ciphertext may be the same memory or apart, never overlapping otherwise.</para>
/// <para>The caller must never use a key twice with one nonce, and never rely on a ciphertext opening under one key
/// only: this cipher does not commit to its key, so check a commitment first (<see cref="CommittingKey"/>).</para>
/// </remarks>
internal static class ChaChaPoly
{
    /// <summary>Size of a key, in bytes.</summary>
    public const int KeySizeBytes = 32;

    /// <summary>Size of a nonce, in bytes.</summary>
    public const int NonceSizeBytes = 12;

    /// <summary>Size of a tag, in bytes.</summary>
    public const int TagSizeBytes = 16;

    private static readonly bool IsNative = ChaCha20Poly1305.IsSupported;

    /// <summary>Seals; the tag follows the ciphertext.</summary>
    public static void Seal(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ciphertext.Length, plaintext.Length + TagSizeBytes);
        if (!IsNative)
        {
            SealManaged(key, nonce, associated, plaintext, ciphertext);
            return;
        }

        using var cipher = new ChaCha20Poly1305(key);
        cipher.Encrypt(
            nonce, plaintext, ciphertext[..plaintext.Length], ciphertext[plaintext.Length..], associated);
    }

    /// <summary>Opens.</summary>
    /// <returns>False when the ciphertext is not what was sealed; the plaintext is then zeroed.</returns>
    public static bool TryOpen(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        if (ciphertext.Length != (long)plaintext.Length + TagSizeBytes)
        {
            return false;
        }

        try
        {
            if (!IsNative)
            {
                OpenManaged(key, nonce, associated, ciphertext, plaintext);
                return true;
            }

            using var cipher = new ChaCha20Poly1305(key);
            cipher.Decrypt(
                nonce, ciphertext[..plaintext.Length], ciphertext[plaintext.Length..], plaintext, associated);
            return true;
        }
        catch (Exception e) when (e is AuthenticationTagMismatchException or InvalidCipherTextException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }

    /// <summary>Seals with the library, for platforms without their own.</summary>
    internal static void SealManaged(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        var output = Process(true, key, nonce, associated, plaintext, ciphertext.Length);
        output.CopyTo(ciphertext);
    }

    /// <summary>Opens with the library, for platforms without their own.</summary>
    /// <exception cref="InvalidCipherTextException">The ciphertext is not what was sealed.</exception>
    internal static void OpenManaged(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        var output = Process(false, key, nonce, associated, ciphertext, plaintext.Length);
        output.CopyTo(plaintext);
        CryptographicOperations.ZeroMemory(output);
    }

    private static byte[] Process(
        bool isSealing,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> input,
        int outputSizeBytes)
    {
        var cipher = new BouncyChaCha20Poly1305();
        cipher.Init(isSealing, new ParametersWithIV(new KeyParameter(key), nonce));
        cipher.ProcessAadBytes(associated);
        var output = new byte[outputSizeBytes];
        try
        {
            var count = cipher.ProcessBytes(input, output);
            cipher.DoFinal(output.AsSpan(count));
            return output;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(output);  // what a wrong tag would have let through
            throw;
        }
    }
}
