using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

/// <summary>Ours against the native library, in both directions, on random input.</summary>
public sealed class DifferentialTests
{
    private static readonly Gen<byte[]> Secret = Gen.Byte.Array[32];

    [Fact]
    public void XWing_BothDirections_Agree() => Gen.Select(Secret, Gen.Byte.Array[64]).Sample(
        (seed, randomness) =>
        {
            using var ours = KemPrivateKey.FromSeed(seed);
            var (pk, sk) = (new byte[XWing.PublicKeySizeBytes], new byte[32]);
            Assert.Equal(0, Sodium.crypto_kem_xwing_seed_keypair(pk, sk, seed));
            Assert.Equal(pk, ours.Public.Bytes.ToArray());

            var (ct, ss, nativeCt, nativeSs) = (new byte[1120], new byte[32], new byte[1120], new byte[32]);
            ours.Public.Encapsulate(randomness, ct, ss);
            Assert.Equal(0, Sodium.crypto_kem_xwing_enc_deterministic(nativeCt, nativeSs, pk, randomness));
            Assert.Equal(nativeCt, ct);
            Assert.Equal(nativeSs, ss);

            var (opened, nativeOpened) = (new byte[32], new byte[32]);
            Assert.True(ours.TryDecapsulate(nativeCt, opened));
            Assert.Equal(0, Sodium.crypto_kem_xwing_dec(nativeOpened, ct, sk));
            Assert.Equal(ss, opened);
            Assert.Equal(ss, nativeOpened);
        },
        iter: 60);

    [Fact]
    public void XWing_CiphertextChanged_RejectsImplicitlyAlike() => Gen.Select(Secret, Gen.Int[0, 8959]).Sample(
        (seed, bit) =>
        {
            using var ours = KemPrivateKey.FromSeed(seed);
            var (pk, sk, ct, ss) = (new byte[XWing.PublicKeySizeBytes], new byte[32], new byte[1120], new byte[32]);
            _ = Sodium.crypto_kem_xwing_seed_keypair(pk, sk, seed);
            ours.Public.Encapsulate(RandomNumberGenerator.GetBytes(64), ct, ss);
            ct[bit / 8] ^= (byte)(1 << (bit % 8));

            var (opened, nativeOpened) = (new byte[32], new byte[32]);
            Assert.True(ours.TryDecapsulate(ct, opened));
            Assert.Equal(0, Sodium.crypto_kem_xwing_dec(nativeOpened, ct, sk));
            Assert.Equal(nativeOpened, opened);

            // The top bit of the X25519 share says nothing (RFC 7748), but the combiner hashes the share as sent.
            Assert.NotEqual(ss, opened);
        },
        iter: 60);

    [Fact]
    public void X25519_RandomKeys_Agree() => Gen.Select(Secret, Secret).Sample(
        (privateKey, publicKey) =>
        {
            var (shared, native) = (new byte[32], new byte[32]);
            var isAgreed = X25519Strict.TryAgree(privateKey, publicKey, shared);

            Assert.Equal(Sodium.crypto_scalarmult(native, privateKey, publicKey) == 0, isAgreed);
            Assert.Equal(native, shared);
        },
        iter: 200);

    [Fact]
    public void Ed25519_BothDirections_Agree() => Gen.Select(Secret, Gen.Byte.Array[0, 200]).Sample(
        (seed, message) =>
        {
            var (expanded, pk) = (new byte[64], new byte[32]);
            var (nativePk, nativeSk) = (new byte[32], new byte[64]);
            var (signature, nativeSignature) = (new byte[64], new byte[64]);
            Ed25519Strict.Expand(seed, expanded, pk);
            Assert.Equal(0, Sodium.crypto_sign_seed_keypair(nativePk, nativeSk, seed));
            Ed25519Strict.Sign(expanded, pk, message, signature);
            _ = Sodium.crypto_sign_detached(nativeSignature, out _, message, (ulong)message.Length, nativeSk);

            Assert.Equal(nativePk, pk);
            Assert.Equal(nativeSignature, signature);
            Assert.True(Ed25519PublicKey.Parse(pk)!.Verify(message, nativeSignature));
            Assert.Equal(0, Sodium.crypto_sign_verify_detached(signature, message, (ulong)message.Length, pk));
        },
        iter: 200);

    [Fact]
    public void Ed25519_SignatureChanged_IsRefusedByBoth() => Gen.Select(Secret, Gen.Int[0, 511]).Sample(
        (seed, bit) =>
        {
            using var key = SigningKey.FromSeed(seed);
            var signature = new byte[64];
            key.Sign("message"u8, signature);
            signature[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(key.Public.Verify("message"u8, signature));
            Assert.NotEqual(
                0, Sodium.crypto_sign_verify_detached(signature, "message"u8.ToArray(), 7, key.Public.Bytes.ToArray()));
        },
        iter: 200);

    [Fact]
    public void ChaChaPoly_BothDirections_Agree() => Gen.Select(Secret, Gen.Byte.Array[0, 500], Gen.Byte.Array[0, 50])
        .Sample((key, plaintext, aad) =>
        {
            var nonce = RandomNumberGenerator.GetBytes(12);
            var (ours, native) = (new byte[plaintext.Length + 16], new byte[plaintext.Length + 16]);
            var (opened, nativeOpened) = (new byte[plaintext.Length], new byte[plaintext.Length]);
            ChaChaPoly.Seal(key, nonce, aad, plaintext, ours);
            _ = Sodium.crypto_aead_chacha20poly1305_ietf_encrypt(
                native, out _, plaintext, (ulong)plaintext.Length, aad, (ulong)aad.Length, null, nonce, key);

            Assert.Equal(native, ours);
            Assert.True(ChaChaPoly.TryOpen(key, nonce, aad, native, opened));
            Assert.Equal(0, Sodium.crypto_aead_chacha20poly1305_ietf_decrypt(
                nativeOpened, out _, null, ours, (ulong)ours.Length, aad, (ulong)aad.Length, nonce, key));
            Assert.Equal(plaintext, opened);
            Assert.Equal(plaintext, nativeOpened);
        },
        iter: 200);
}
