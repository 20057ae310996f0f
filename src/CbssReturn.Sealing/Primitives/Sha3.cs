using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace CbssReturn.Sealing.Primitives;

/// <summary>SHA3-256 and SHAKE256: the platform's where it has them, else the library's.</summary>
/// <remarks>
/// <para>Reference: FIPS 202.</para>
/// <para>Sizes in bytes: SHA3-256 value 32; SHAKE256 gives any size.</para>
/// <para>The caller must never use SHAKE output of two sizes as if independent: the shorter begins the longer.</para>
/// </remarks>
internal static class Sha3
{
    private static readonly bool IsNative = SHA3_256.IsSupported && Shake256.IsSupported;

    /// <summary>SHA3-256.</summary>
    public static void Hash256(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (IsNative)
        {
            SHA3_256.HashData(input, output);
            return;
        }

        Hash256Managed(input, output);
    }

    /// <summary>SHAKE256.</summary>
    public static void Shake(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (IsNative)
        {
            Shake256.HashData(input, output);
            return;
        }

        ShakeManaged(input, output);
    }

    /// <summary>SHA3-256 of the library, for platforms without their own.</summary>
    internal static void Hash256Managed(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var digest = new Sha3Digest(256);
        digest.BlockUpdate(input);
        digest.DoFinal(output);
    }

    /// <summary>SHAKE256 of the library, for platforms without their own.</summary>
    internal static void ShakeManaged(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var digest = new ShakeDigest(256);
        digest.BlockUpdate(input);
        digest.OutputFinal(output);
    }
}
