using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;

namespace CbssReturn.Sealing.Primitives;

/// <summary>An ML-KEM-768 encapsulation key that passed the modulus check.</summary>
/// <remarks>
/// <para>Reference: FIPS 203, sections 6.2 and 7.2.</para>
/// <para>Sizes in bytes: key 1184, randomness m 32, ciphertext 1088, shared secret 32.</para>
/// <para>The caller must never use one m twice, and never use the shared secret unless it is combined with X25519
/// (<see cref="XWing"/>).</para>
/// </remarks>
internal sealed class MlKem768PublicKey
{
    /// <summary>Size of the key, in bytes.</summary>
    public const int SizeBytes = 1184;

    /// <summary>Size of a ciphertext, in bytes.</summary>
    public const int CiphertextSizeBytes = 1088;

    /// <summary>Size of the randomness and of the shared secret, in bytes.</summary>
    public const int SecretSizeBytes = 32;

    private const int Modulus = 3329;
    private const int CoefficientsSizeBytes = 1152;

    private readonly MLKemPublicKeyParameters _key;

    private MlKem768PublicKey(MLKemPublicKeyParameters key) => _key = key;

    /// <summary>Checks and takes a key.</summary>
    /// <returns>The key, or null when its size is wrong or a coefficient is not reduced.</returns>
    public static MlKem768PublicKey? Parse(ReadOnlySpan<byte> bytes) => IsReduced(bytes)
        ? new MlKem768PublicKey(MLKemPublicKeyParameters.FromEncoding(MLKemParameters.ml_kem_768, bytes.ToArray()))
        : null;

    /// <summary>Encapsulates with given randomness.</summary>
    /// <param name="randomness">32 fresh secret bytes; given ones only to check vectors.</param>
    /// <param name="ciphertext">Receives 1088 bytes.</param>
    /// <param name="shared">Receives 32 bytes.</param>
    public void Encapsulate(ReadOnlySpan<byte> randomness, Span<byte> ciphertext, Span<byte> shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(randomness.Length, SecretSizeBytes);
        var copy = randomness.ToArray();
        try
        {
            var encapsulator = new MLKemEncapsulator(MLKemParameters.ml_kem_768);
            encapsulator.Init(new ParametersWithRandom(_key, new FixedRandom(copy)));
            encapsulator.Encapsulate(ciphertext, shared);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>The modulus check of FIPS 203, section 7.2, and the size. The key is public: time does not
    /// matter.</summary>
    private static bool IsReduced(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes)
        {
            return false;
        }

        for (var i = 0; i < CoefficientsSizeBytes; i += 3)
        {
            var first = bytes[i] | ((bytes[i + 1] & 0x0F) << 8);
            var second = (bytes[i + 1] >> 4) | (bytes[i + 2] << 4);
            if (first >= Modulus || second >= Modulus)
            {
                return false;
            }
        }

        return true;
    }
}
