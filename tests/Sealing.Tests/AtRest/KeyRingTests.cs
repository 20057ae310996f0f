using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

public sealed class KeyRingTests : IDisposable
{
    private static readonly byte[] Passphrase = "correct horse"u8.ToArray();
    private static readonly uint Today = EpochKeyRecord.DayOf(Fixture.Now);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.Combine("node.keystore");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_WhatSealMade_GivesItBack()
    {
        using var ring = Create();
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Byte.Array[0, 20]).Sample(
            (plaintext, rowId) =>
            {
                var content = ring.Seal(Fixture.Now, "case", rowId, plaintext);

                Assert.Equal(Today, content.KekId);
                Assert.Equal(SealedContent.WrappedKeySizeBytes, content.WrappedKey.Length);
                Assert.Equal(plaintext.Length + SealedContent.OverheadSizeBytes, content.Ciphertext.Length);
                Assert.Equal(plaintext, ring.Open("case", rowId, content).Value);
            },
            iter: 200);
    }

    [Fact]
    public void Seal_Twice_SharesNothing()
    {
        using var ring = Create();
        var first = ring.Seal(Fixture.Now, "case", [1], [1, 2, 3]);
        var second = ring.Seal(Fixture.Now, "case", [1], [1, 2, 3]);

        Assert.NotEqual(first.WrappedKey, second.WrappedKey);
        Assert.NotEqual(first.Ciphertext, second.Ciphertext);
    }

    [Fact]
    public void Open_OfAnotherTableOrRow_IsRefused()
    {
        using var ring = Create();
        var content = ring.Seal(Fixture.Now, "case", [1], [1, 2, 3]);

        Assert.Equal(RefusalCode.SealedContentCorrupt, ring.Open("user", [1], content).Refusal.Code);
        Assert.Equal(RefusalCode.SealedContentCorrupt, ring.Open("case", [2], content).Refusal.Code);
        Assert.Equal(RefusalCode.SealedContentCorrupt, ring.Open("cas", "e\u0001"u8, content).Refusal.Code);
    }

    [Fact]
    public void Open_AnyBitFlipped_IsRefused()
    {
        using var ring = Create();
        var content = ring.Seal(Fixture.Now, "case", [1], [1, 2, 3]);
        foreach (var bytes in new[] { content.WrappedKey, content.Ciphertext })
        {
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                var isOfTheWrap = bytes == content.WrappedKey && bit / 8 < 48;  // salt and commitment tell the key
                Assert.Equal(
                    isOfTheWrap ? RefusalCode.KekUnknown : RefusalCode.SealedContentCorrupt,
                    ring.Open("case", [1], content).Refusal.Code);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Theory]
    [InlineData(0, 51)]
    [InlineData(95, 51)]
    [InlineData(97, 51)]
    [InlineData(96, 0)]
    [InlineData(96, 47)]
    public void Open_WrongSizes_IsRefused(int wrapped, int ciphertext)
    {
        using var ring = Create();
        var content = new SealedContent(ring.CurrentKekId(Fixture.Now), new byte[wrapped], new byte[ciphertext]);

        Assert.Equal(RefusalCode.SealedContentCorrupt, ring.Open("case", [1], content).Refusal.Code);
    }

    [Fact]
    public void Open_KekOfAnotherDay_IsRefused()
    {
        using var ring = Create();
        var content = ring.Seal(Fixture.Now, "case", [1], [1]);
        ring.CurrentKekId(Fixture.Now.AddDays(1));

        Assert.Equal(
            RefusalCode.KekUnknown, ring.Open("case", [1], content with { KekId = Today + 1 }).Refusal.Code);
        Assert.Equal(
            RefusalCode.KekUnknown, ring.Open("case", [1], content with { KekId = Today + 2 }).Refusal.Code);
    }

    [Fact]
    public void Open_SameDayOtherKek_IsKekUnknown()
    {
        using var ring = Create();
        var older = _folder.Combine("older.keystore");
        File.Copy(Path, older);
        var content = ring.Seal(Fixture.Now, "case", [1], [1]);
        using var restored = Keystore.Open(older, Passphrase).Value;
        var own = restored.Seal(Fixture.Now, "case", [1], [2]);

        Assert.Equal(content.KekId, own.KekId);
        Assert.Equal(RefusalCode.KekUnknown, restored.Open("case", [1], content).Refusal.Code);
        Assert.Equal([2], restored.Open("case", [1], own).Value);
    }

    [Fact]
    public void ChangeSeedKeys_DayDestroyed_OpensNowhereWhileTheRestDoes()
    {
        using var ring = Create();
        ring.ChangeSeedKeys(Fixture.Now, [7, 8], []);
        var (gone, kept) = (ring.SealSeed(7, "seed", [7], [1]), ring.SealSeed(8, "seed", [8], [2]));
        var row = ring.Seal(Fixture.Now, "case", [1], [3]);
        Assert.Equal([1], ring.Open("seed", [7], gone).Value);

        ring.ChangeSeedKeys(Fixture.Now, [8, 9], [7]);

        using var opened = Keystore.Open(Path, Passphrase).Value;
        foreach (var keys in new[] { ring, opened })
        {
            Assert.Equal(RefusalCode.KekUnknown, keys.Open("seed", [7], gone).Refusal.Code);
            Assert.Equal([2], keys.Open("seed", [8], kept).Value);
            Assert.Equal([3], keys.Open("case", [1], row).Value);
            Assert.Throws<InvalidOperationException>(() => keys.SealSeed(7, "seed", [7], [1]));
        }
    }

    [Fact]
    public void ChangeSeedKeys_NothingToChange_WritesNothing()
    {
        using var ring = Create();
        ring.ChangeSeedKeys(Fixture.Now, [7], []);
        var before = File.ReadAllBytes(Path);

        ring.ChangeSeedKeys(Fixture.Now, [7], [6]);

        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void ChangeSeedKeys_WriteFailed_KeepsTheKeyAndDestroysItLater()
    {
        var fails = false;
        using var ring = WithWriter((path, file) =>
        {
            if (fails)
            {
                throw new IOException("not kept");
            }

            AtomicFile.Replace(path, file);
        });
        ring.ChangeSeedKeys(Fixture.Now, [7], []);
        var seed = ring.SealSeed(7, "seed", [7], [1]);
        fails = true;
        Assert.Throws<IOException>(() => ring.ChangeSeedKeys(Fixture.Now, [8], [7]));
        Assert.Equal([1], ring.Open("seed", [7], seed).Value);
        fails = false;

        ring.ChangeSeedKeys(Fixture.Now, [8], [7]);

        using var opened = Keystore.Open(Path, Passphrase).Value;
        Assert.Equal(RefusalCode.KekUnknown, opened.Open("seed", [7], seed).Refusal.Code);
    }

    [Fact]
    public void Seal_TooLarge_Throws()
    {
        using var ring = Create();

        Assert.ThrowsAny<ArgumentException>(() =>
            ring.Seal(Fixture.Now, "case", [1], new byte[SealedContent.ContentSizeBytesMax + 1]));
    }

    [Fact]
    public void CurrentKekId_NewDay_IsOnDiskBeforeItIsUsed()
    {
        using var ring = Create();

        var content = ring.Seal(Fixture.Now, "case", [1], [42]);

        using var opened = Keystore.Open(Path, Passphrase).Value;
        Assert.Equal([42], opened.Open("case", [1], content).Value);
    }

    [Fact]
    public void CurrentKekId_SameDay_WritesNothing()
    {
        using var ring = Create();
        ring.CurrentKekId(Fixture.Now);
        var before = File.ReadAllBytes(Path);

        ring.Seal(Fixture.Now.AddMinutes(1), "case", [1], [1]);

        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void CurrentKekId_Rewritten_HasAFreshSaltAndNonce()
    {
        using var ring = Create();
        var before = File.ReadAllBytes(Path);

        ring.CurrentKekId(Fixture.Now);

        Assert.NotEqual(before[22..38], File.ReadAllBytes(Path)[22..38]);
        Assert.NotEqual(before[38..50], File.ReadAllBytes(Path)[38..50]);
    }

    [Fact]
    public async Task CurrentKekId_ManyThreadsOnANewDay_MakeOneKey()
    {
        using var ring = Create();

        var contents = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => Task.Run(() => ring.Seal(Fixture.Now, "case", [(byte)i], [(byte)i]))));

        using var opened = Keystore.Open(Path, Passphrase).Value;
        Assert.All(Enumerable.Range(0, 16), i =>
            Assert.Equal([(byte)i], opened.Open("case", [(byte)i], contents[i]).Value));
    }

    [Fact]
    public void CurrentKekId_WriteFailedAndNotKept_SealsNothingAndRecovers()
    {
        var fails = true;
        using var ring = WithWriter((path, file) =>
        {
            if (fails)
            {
                throw new IOException("not kept");
            }

            AtomicFile.Replace(path, file);
        });

        Assert.Throws<IOException>(() => ring.Seal(Fixture.Now, "case", [1], [1]));
        fails = false;
        var content = ring.Seal(Fixture.Now, "case", [1], [1]);

        using var opened = Keystore.Open(Path, Passphrase).Value;
        Assert.Equal([1], opened.Open("case", [1], content).Value);
    }

    [Fact]
    public void CurrentKekId_WriteFailedButKept_SealsNothingAndRecovers()
    {
        var fails = true;
        using var ring = WithWriter((path, file) =>
        {
            AtomicFile.Replace(path, file);
            if (fails)
            {
                throw new IOException("kept all the same");
            }
        });

        Assert.Throws<IOException>(() => ring.Seal(Fixture.Now, "case", [1], [1]));
        Assert.Throws<IOException>(() => ring.Seal(Fixture.Now, "case", [1], [1]));
        fails = false;
        var content = ring.Seal(Fixture.Now, "case", [1], [1]);

        using var opened = Keystore.Open(Path, Passphrase).Value;
        Assert.Equal([1], opened.Open("case", [1], content).Value);
    }

    [Fact]
    public void CurrentKekId_SomebodyElseWroteTheFile_IsNotOverwritten()
    {
        using var first = Create();
        using var second = Keystore.Open(Path, Passphrase).Value;
        var content = second.Seal(Fixture.Now, "case", [1], [1]);

        Assert.Throws<InvalidOperationException>(() => first.CurrentKekId(Fixture.Now));

        using var opened = Keystore.Open(Path, Passphrase).Value;
        Assert.Equal([1], opened.Open("case", [1], content).Value);
    }

    [Fact]
    public void CurrentKekId_Before1970_Throws()
    {
        using var ring = Create();

        Assert.ThrowsAny<ArgumentException>(() => ring.CurrentKekId(DateTimeOffset.UnixEpoch.AddSeconds(-1)));
    }

    [Fact]
    public void BlindIndex_OtherTableOrValue_Differs()
    {
        using var ring = Create();

        Assert.Equal(ring.BlindIndex("peer", [1]), ring.BlindIndex("peer", [1]));
        Assert.NotEqual(ring.BlindIndex("peer", [1]), ring.BlindIndex("user", [1]));
        Assert.NotEqual(ring.BlindIndex("peer", [1]), ring.BlindIndex("peer", [2]));
        Assert.Equal(KeyRing.BlindIndexSizeBytes, ring.BlindIndex("peer", []).Length);
    }

    [Fact]
    public void Dispose_ThenUsed_Throws()
    {
        var ring = Create();
        var content = ring.Seal(Fixture.Now, "case", [1], [1]);

        ring.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ring.Open("case", [1], content));
        Assert.Throws<ObjectDisposedException>(() => ring.Seal(Fixture.Now, "case", [1], [1]));
        Assert.Throws<ObjectDisposedException>(() => ring.BlindIndex("peer", [1]));
        Assert.Throws<ObjectDisposedException>(() => SigningRule.Sign(ring.Identity, Suite.One, "receipt"));
    }

    [Fact]
    public void Decode_FullKeystore_IsWithinTheLimit()
    {
        using var contents = KeystoreContents.NewRandom();
        var keks = contents.Keks.ToBuilder();
        for (uint day = 0; day < KeystoreContents.KekCountMax; day++)
        {
            keks.Add(day, new SecretBytes(RandomNumberGenerator.GetBytes(32)));
        }

        using var full = contents with { Keks = keks.ToImmutable() };
        var file = KeystoreFormat.Encode(full, Passphrase, Argon2Cost.Floor);
        using var read = KeystoreFormat.Decode(file, Passphrase, out _).Value;

        Assert.Equal(KeystoreFormat.SizeBytesMax, file.Length);
        Assert.Equal(KeystoreContents.KekCountMax, read.Keks.Count);
        Assert.Equal(full.Keks[4095].Span.ToArray(), read.Keks[4095].Span.ToArray());
    }

    private KeyRing Create() => Keystore.Create(Path, Passphrase, Argon2Cost.Floor).Value;

    private KeyRing WithWriter(Action<string, byte[]> writer)
    {
        Create().Dispose();
        var file = File.ReadAllBytes(Path);
        var contents = KeystoreFormat.Decode(file, Passphrase, out var cost).Value;
        return new KeyRing(Path, Passphrase, cost, contents, Digest.Of(file), writer);
    }
}
