using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>DHKEM(X25519, HKDF-SHA256), only to check our HPKE against the vectors of its RFC.</summary>
/// <remarks>
/// <para>Reference: RFC 9180, section 4.1; HPKE KEM id 0x0020.</para>
/// <para>Sizes in bytes: private key 32, encapsulated key 32, shared secret 32.</para>
/// <para>The caller must never seal a packet with it: it falls to a quantum computer.</para>
/// </remarks>
internal static class DhKemX25519
{
    /// <summary>Decapsulates.</summary>
    /// <returns>False when a size is wrong or the encapsulated key is of low order.</returns>
    public static bool TryDecapsulate(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> encapsulated, Span<byte> shared)
    {
        Span<byte> agreed = stackalloc byte[32];
        if (!X25519Strict.TryAgree(privateKey, encapsulated, agreed))
        {
            return false;
        }

        Span<byte> context = stackalloc byte[64];
        Span<byte> key = stackalloc byte[32];
        encapsulated.CopyTo(context);
        X25519Strict.GetPublicKey(privateKey, context[32..]);
        var labeled = LabeledHkdf.ForKem(HpkeContext.KemX25519);
        labeled.Extract([], "eae_prk"u8, agreed, key);
        labeled.Expand(key, "shared_secret"u8, context, shared);
        CryptographicOperations.ZeroMemory(agreed);
        CryptographicOperations.ZeroMemory(key);
        return true;
    }
}
