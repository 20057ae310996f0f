using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

/// <summary>HKDF, ChaCha20-Poly1305, SHA-3 and Argon2id against vectors, and the platform's against the
/// library's.</summary>
public sealed class SymmetricTests
{
    [Fact]
    public void Hkdf_WycheproofVectors_AnswersAsTheySay()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("hkdf_sha256_test.json"))
        {
            var size = test.Number("size");
            var key = new byte[32];
            HkdfSha256.Extract(test.Hex("salt"), test.Hex("ikm"), key);

            if (test.Text("result") == "valid")
            {
                var output = new byte[size];
                HkdfSha256.Expand(key, test.Hex("info"), output);
                Assert.Equal(test.Text("okm"), Convert.ToHexStringLower(output));
            }
            else
            {
                Assert.True(size > HkdfSha256.OutputSizeBytesMax);
                Assert.ThrowsAny<ArgumentException>(() => HkdfSha256.Expand(key, test.Hex("info"), new byte[size]));
            }
        }
    }

    [Fact]
    public void ChaChaPoly_WycheproofVectors_AnswersAsTheySay()
    {
        var count = 0;
        foreach (var (_, test) in VectorFile.Wycheproof("chacha20_poly1305_test.json"))
        {
            var (key, nonce, aad) = (test.Hex("key"), test.Hex("iv"), test.Hex("aad"));
            if (nonce.Length != ChaChaPoly.NonceSizeBytes)
            {
                Assert.Equal("invalid", test.Text("result"));
                continue;
            }

            byte[] ciphertext = [.. test.Hex("ct"), .. test.Hex("tag")];
            var plaintext = new byte[ciphertext.Length - ChaChaPoly.TagSizeBytes];
            var isOpened = ChaChaPoly.TryOpen(key, nonce, aad, ciphertext, plaintext);

            Assert.True(isOpened == (test.Text("result") == "valid"), $"tcId {test.Number("tcId")}");
            Assert.Equal(isOpened ? test.Hex("msg") : new byte[plaintext.Length], plaintext);
            if (isOpened)
            {
                var again = new byte[ciphertext.Length];
                ChaChaPoly.Seal(key, nonce, aad, plaintext, again);
                Assert.Equal(ciphertext, again);
            }

            count++;
        }

        Assert.Equal(316, count);
    }

    [Fact]
    public void ChaChaPoly_PlatformAndLibrary_Agree() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 40])
        .Sample((plaintext, aad) =>
        {
            var (key, nonce) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(12));
            var (native, managed) = (new byte[plaintext.Length + 16], new byte[plaintext.Length + 16]);
            var opened = new byte[plaintext.Length];

            ChaChaPoly.Seal(key, nonce, aad, plaintext, native);
            ChaChaPoly.SealManaged(key, nonce, aad, plaintext, managed);
            ChaChaPoly.OpenManaged(key, nonce, aad, native, opened);

            return native.AsSpan().SequenceEqual(managed) && opened.AsSpan().SequenceEqual(plaintext);
        });

    [Fact]
    public void ChaChaPoly_SealedInPlace_GivesTheSame()
    {
        var (key, nonce, plaintext) = (new byte[32], new byte[12], RandomNumberGenerator.GetBytes(2048));
        var (apart, inPlace) = (new byte[2064], new byte[2064]);
        plaintext.CopyTo(inPlace, 0);

        ChaChaPoly.Seal(key, nonce, [], plaintext, apart);
        ChaChaPoly.Seal(key, nonce, [], inPlace.AsSpan(0, 2048), inPlace);

        Assert.Equal(apart, inPlace);
    }

    [Fact]
    public void Sha3_PlatformAndLibrary_Agree() => Gen.Byte.Array[0, 300].Sample(input =>
    {
        var (hash, hashManaged, shake, shakeManaged) = (new byte[32], new byte[32], new byte[96], new byte[96]);

        Sha3.Hash256(input, hash);
        Sha3.Hash256Managed(input, hashManaged);
        Sha3.Shake(input, shake);
        Sha3.ShakeManaged(input, shakeManaged);

        return hash.AsSpan().SequenceEqual(hashManaged) && shake.AsSpan().SequenceEqual(shakeManaged);
    });

    [Fact]
    public void Argon2id_RfcVector_GivesItsTag()
    {
        var test = VectorFile.Load("crypto", "argon2id-rfc9106.json")[0];
        var cost = new Argon2Cost((uint)test.Number("m_kib"), (uint)test.Number("t"), (uint)test.Number("p"));
        var tag = new byte[32];

        Argon2id.Derive(
            cost, test.Hex("password_hex"), test.Hex("salt_hex"), test.Hex("secret_hex"), test.Hex("ad_hex"), tag);

        Assert.Equal(test.Text("tag_hex"), Convert.ToHexStringLower(tag));
    }
}
