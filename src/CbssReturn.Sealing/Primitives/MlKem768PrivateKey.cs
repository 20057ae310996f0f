using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;

namespace CbssReturn.Sealing.Primitives;

/// <summary>An ML-KEM-768 decapsulation key, expanded once and kept.</summary>
/// <remarks>
/// <para>Reference: FIPS 203, sections 6.1, 6.3 and 7.3.</para>
/// <para>Sizes in bytes: seed d‖z 64, expanded key 2400, ciphertext 1088, shared secret 32.</para>
/// <para>Decapsulation never fails on a wrong ciphertext (implicit rejection): it gives another secret, and the error
/// shows when something is opened with it. Only sizes are refused here.</para>
/// <para>The caller must never take a shared secret as proof that the ciphertext was right.</para>
/// </remarks>
internal sealed class MlKem768PrivateKey : IDisposable
{
    /// <summary>Size of the seed, in bytes.</summary>
    public const int SeedSizeBytes = 64;

    /// <summary>Size of the expanded key, in bytes.</summary>
    public const int ExpandedSizeBytes = 2400;

    private const int PublicKeyOffset = 1152;

    private readonly MLKemPrivateKeyParameters _key;
    private readonly MLKemDecapsulator _decapsulator = new(MLKemParameters.ml_kem_768);

    private MlKem768PrivateKey(MLKemPrivateKeyParameters key)
    {
        _key = key;
        _decapsulator.Init(key);
    }

    /// <summary>Expands a seed.</summary>
    /// <param name="seed">64 secret bytes.</param>
    public static MlKem768PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSizeBytes);
        var copy = seed.ToArray();
        try
        {
            return new MlKem768PrivateKey(MLKemPrivateKeyParameters.FromSeed(MLKemParameters.ml_kem_768, copy));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>Takes an expanded key, as other people's vectors have it.</summary>
    /// <returns>The key, or null when its size is wrong, the hash in it is not that of the public key in it, or that
    /// public key is not reduced (FIPS 203, section 7.3).</returns>
    public static MlKem768PrivateKey? FromExpanded(ReadOnlySpan<byte> expanded)
    {
        if (expanded.Length != ExpandedSizeBytes)
        {
            return null;
        }

        var publicKey = expanded.Slice(PublicKeyOffset, MlKem768PublicKey.SizeBytes);
        Span<byte> hash = stackalloc byte[32];
        Sha3.Hash256(publicKey, hash);
        if (!hash.SequenceEqual(expanded.Slice(PublicKeyOffset + MlKem768PublicKey.SizeBytes, 32))
            || MlKem768PublicKey.Parse(publicKey) is null)
        {
            return null;
        }

        var copy = expanded.ToArray();
        try
        {
            return new MlKem768PrivateKey(MLKemPrivateKeyParameters.FromEncoding(MLKemParameters.ml_kem_768, copy));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>Writes the encapsulation key.</summary>
    public void CopyPublicKeyTo(Span<byte> destination) => _key.GetPublicKeyEncoded().CopyTo(destination);

    /// <summary>Decapsulates.</summary>
    /// <param name="ciphertext">1088 bytes.</param>
    /// <param name="shared">Receives 32 bytes, whatever the ciphertext.</param>
    /// <returns>False when the size is wrong.</returns>
    public bool TryDecapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> shared)
    {
        if (ciphertext.Length != MlKem768PublicKey.CiphertextSizeBytes)
        {
            return false;
        }

        _decapsulator.Decapsulate(ciphertext, shared);
        return true;
    }

    /// <summary>Zeroes the library's own copies, which it gives nobody a way to clear. What it computed on the heap
    /// before stays until collected.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(EncodingOf(_key));
        CryptographicOperations.ZeroMemory(SeedOf(_key));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_encoding")]
    private static extern ref byte[]? EncodingOf(MLKemPrivateKeyParameters key);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_seed")]
    private static extern ref byte[]? SeedOf(MLKemPrivateKeyParameters key);
}
