using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

/// <summary>Signatures made on purpose with points of small and mixed order, where libraries disagree (design rule
/// 2).</summary>
public sealed class EdgeSignatureTests
{
    private static readonly byte[] OrderOfGroup =
        Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    [Fact]
    public void Verify_KeyOrRWithATorsionPart_IsRefusedWhateverTheEquationSays()
    {
        var torsion = TorsionPoints();
        var (acceptedByNative, acceptedByUs) = (0, 0);
        for (byte round = 0; round < 8; round++)
        {
            foreach (var (keyPart, i) in torsion.Select((point, i) => (point, i)))
            {
                foreach (var (rPart, j) in torsion.Select((point, j) => (point, j)))
                {
                    var (publicKey, message, signature) = Forge(keyPart, rPart, round);
                    var point = Ed25519PublicKey.Parse(publicKey);
                    var isAccepted = point is not null && point.Verify(message, signature);
                    var isAcceptedByNative = Sodium.crypto_sign_verify_detached(signature, message, 1, publicKey) == 0;

                    Assert.Equal(i == 0 && j == 0, isAccepted);
                    Assert.True(isAcceptedByNative || !isAccepted);
                    acceptedByNative += isAcceptedByNative ? 1 : 0;
                    acceptedByUs += isAccepted ? 1 : 0;
                }
            }
        }

        // The point of the rule: another library takes signatures whose torsion parts happen to cancel.
        Assert.Equal(8, acceptedByUs);
        Assert.True(acceptedByNative > acceptedByUs);
    }

    [Fact]
    public void Verify_SIncreasedByTheOrder_IsRefused()
    {
        using var key = SigningKey.Generate();
        var signature = new byte[64];
        key.Sign("m"u8, signature);
        var carry = 0;
        for (var i = 0; i < 32; i++)
        {
            carry += signature[32 + i] + OrderOfGroup[i];
            (signature[32 + i], carry) = ((byte)carry, carry >> 8);
        }

        Assert.False(key.Public.Verify("m"u8, signature));
    }

    [Fact]
    public void Verify_RNeutral_IsRefused()
    {
        // With r = 0 the signature s = h·a fulfils the equation: a signer could leave R out.
        var (scalar, publicKey) = (Scalar(1), new byte[32]);
        _ = Sodium.crypto_scalarmult_ed25519_base_noclamp(publicKey, scalar);
        var signature = new byte[64];
        signature[0] = 1;
        var hash = Challenge(signature.AsSpan(0, 32), publicKey, "m"u8);
        var s = new byte[32];
        Sodium.crypto_core_ed25519_scalar_mul(s, hash, scalar);
        s.CopyTo(signature, 32);

        Assert.False(Ed25519PublicKey.Parse(publicKey)!.Verify("m"u8, signature));
    }

    private static (byte[] PublicKey, byte[] Message, byte[] Signature) Forge(byte[] keyPart, byte[] rPart, byte round)
    {
        var (a, r) = (Scalar(round), Scalar((byte)(100 + round)));
        var (publicKey, signature, point, s) = (new byte[32], new byte[64], new byte[32], new byte[32]);
        _ = Sodium.crypto_scalarmult_ed25519_base_noclamp(point, a);
        _ = Sodium.crypto_core_ed25519_add(publicKey, point, keyPart);
        var rPoint = new byte[32];
        _ = Sodium.crypto_scalarmult_ed25519_base_noclamp(point, r);
        _ = Sodium.crypto_core_ed25519_add(rPoint, point, rPart);

        byte[] message = [round];
        var hash = Challenge(rPoint, publicKey, message);
        Sodium.crypto_core_ed25519_scalar_mul(s, hash, a);
        Sodium.crypto_core_ed25519_scalar_add(s, s, r);
        rPoint.CopyTo(signature, 0);
        s.CopyTo(signature, 32);
        return (publicKey, message, signature);
    }

    private static byte[] Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        var reduced = new byte[32];
        Sodium.crypto_core_ed25519_scalar_reduce(reduced, SHA512.HashData([.. r, .. publicKey, .. message]));
        return reduced;
    }

    private static byte[] Scalar(byte seed)
    {
        var reduced = new byte[32];
        Sodium.crypto_core_ed25519_scalar_reduce(reduced, SHA512.HashData([seed]));
        return reduced;
    }

    private static List<byte[]> TorsionPoints()
    {
        var generator = Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
        var neutral = new byte[32];
        neutral[0] = 1;
        List<byte[]> points = [neutral];
        while (points.Count < 8)
        {
            var next = new byte[32];
            Assert.Equal(0, Sodium.crypto_core_ed25519_add(next, points[^1], generator));
            points.Add(next);
        }

        Assert.Equal(8, points.Select(Convert.ToHexStringLower).Distinct().Count());
        return points;
    }
}
