using System.Runtime.InteropServices;

namespace CbssReturn.Bench.Sealing;

/// <summary>The few functions of libsodium 1.0.22 (inside NSec.Cryptography) that make up the floor.</summary>
internal static partial class Sodium
{
    private const string Library = "libsodium";

    [LibraryImport(Library, EntryPoint = "sodium_init")]
    public static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "crypto_kem_xwing_seed_keypair")]
    public static partial int XWingKeyPair(Span<byte> publicKey, Span<byte> privateKey, ReadOnlySpan<byte> seed);

    [LibraryImport(Library, EntryPoint = "crypto_kem_xwing_enc")]
    public static partial int XWingEncapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Library, EntryPoint = "crypto_kem_xwing_dec")]
    public static partial int XWingDecapsulate(
        Span<byte> shared, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> privateKey);

    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_seed_keypair")]
    public static partial int SignKeyPair(Span<byte> publicKey, Span<byte> privateKey, ReadOnlySpan<byte> seed);

    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_detached")]
    public static partial int Sign(
        Span<byte> signature,
        nint signatureLength,
        ReadOnlySpan<byte> message,
        ulong length,
        ReadOnlySpan<byte> privateKey);

    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_verify_detached")]
    public static partial int Verify(
        ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ulong length, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Library, EntryPoint = "crypto_aead_chacha20poly1305_ietf_encrypt")]
    public static partial int Encrypt(
        Span<byte> ciphertext,
        out ulong ciphertextLength,
        ReadOnlySpan<byte> plaintext,
        ulong length,
        ReadOnlySpan<byte> additional,
        ulong additionalLength,
        nint secretNonce,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);

    [LibraryImport(Library, EntryPoint = "crypto_aead_chacha20poly1305_ietf_decrypt")]
    public static partial int Decrypt(
        Span<byte> plaintext,
        out ulong plaintextLength,
        nint secretNonce,
        ReadOnlySpan<byte> ciphertext,
        ulong length,
        ReadOnlySpan<byte> additional,
        ulong additionalLength,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);
}
