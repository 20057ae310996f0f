using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>X-Wing: ML-KEM-768 and X25519 combined, so that one of the two may fall.</summary>
/// <remarks>
/// <para>Reference: draft-connolly-cfrg-xwing-kem, sections 5.2 to 5.5; HPKE KEM id 0x647A.</para>
/// <para>Sizes in bytes: private seed 32, public key 1216 (ML-KEM 1184 ‖ X25519 32), randomness 64 (m 32 ‖ ephemeral
/// X25519 key 32), ciphertext 1120 (1088 ‖ 32), shared secret 32.</para>
/// <para>The draft lets a low-order X25519 share pass; here it is refused (design rule 1).</para>
/// <para>The caller must never use one randomness twice, and never take a shared secret as proof that the ciphertext
/// was right: it is authenticated by what is opened with it.</para>
/// </remarks>
internal static class XWing
{
    /// <summary>Size of the private seed, in bytes.</summary>
    public const int SeedSizeBytes = 32;

    /// <summary>Size of the public key, in bytes.</summary>
    public const int PublicKeySizeBytes = MlKem768PublicKey.SizeBytes + X25519Strict.SizeBytes;

    /// <summary>Size of the randomness of one encapsulation, in bytes.</summary>
    public const int RandomnessSizeBytes = 64;

    /// <summary>Size of the ciphertext, in bytes.</summary>
    public const int CiphertextSizeBytes = MlKem768PublicKey.CiphertextSizeBytes + X25519Strict.SizeBytes;

    /// <summary>Size of the shared secret, in bytes.</summary>
    public const int SharedSizeBytes = 32;

    /// <summary>Combines the two shared secrets: SHA3-256(ss_M ‖ ss_X ‖ ct_X ‖ pk_X ‖ label).</summary>
    public static void Combine(
        ReadOnlySpan<byte> mlKemShared,
        ReadOnlySpan<byte> x25519Shared,
        ReadOnlySpan<byte> x25519Ciphertext,
        ReadOnlySpan<byte> x25519PublicKey,
        Span<byte> shared)
    {
        Span<byte> input = stackalloc byte[(4 * 32) + 6];
        mlKemShared.CopyTo(input);
        x25519Shared.CopyTo(input[32..]);
        x25519Ciphertext.CopyTo(input[64..]);
        x25519PublicKey.CopyTo(input[96..]);
        Label.CopyTo(input[128..]);
        Sha3.Hash256(input, shared);
        CryptographicOperations.ZeroMemory(input);
    }

    private static ReadOnlySpan<byte> Label => @"\.//^\"u8;
}
