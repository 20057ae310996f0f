using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

public sealed class KeystoreTests : IDisposable
{
    private static readonly byte[] Passphrase = "correct horse"u8.ToArray();

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.Combine("node.keystore");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_WhatCreateMade_HasTheSameKeys()
    {
        using var made = Keystore.Create(Path, Passphrase).Value;
        var index = made.BlindIndex("peer", [1]);
        var content = made.Seal(Fixture.Now, "case", [7], "hello"u8);

        using var opened = Keystore.Open(Path, Passphrase).Value;

        Assert.Equal(made.Identity.Kid, opened.Identity.Kid);
        Assert.Equal(index, opened.BlindIndex("peer", [1]));
        Assert.Equal("hello"u8.ToArray(), opened.Open("case", [7], content).Value);
    }

    [Fact]
    public void Create_OnDisk_IsForTheOwnerOnlyAndNothingIsLeftBeside()
    {
        using var ring = Create();

        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public void Create_Twice_SharesNothing()
    {
        using var first = Create();
        using var second = Keystore.Create(_folder.Combine("second"), Passphrase, Argon2Cost.Floor).Value;

        Assert.NotEqual(first.Identity.Kid, second.Identity.Kid);
        Assert.NotEqual(first.BlindIndex("peer", [1]), second.BlindIndex("peer", [1]));
    }

    [Fact]
    public void Create_FileThere_IsRefusedAndTheFileStays()
    {
        File.WriteAllText(Path, "something");

        Assert.Equal(RefusalCode.AlreadyInitialised, Keystore.Create(Path, Passphrase).Refusal.Code);
        Assert.Equal("something", File.ReadAllText(Path));
    }

    [Fact]
    public async Task Create_ManyAtOnce_OneWinsAndItsKeysAreInTheFile()
    {
        for (var round = 0; round < 4; round++)
        {
            var path = _folder.Combine($"round-{round}/node.keystore");
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            using var start = new Barrier(6);
            var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Keystore.Create(path, Passphrase, Argon2Cost.Floor);
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            using var winner = Assert.Single(made, result => result.IsOk).Value;
            Assert.All(made.Where(result => !result.IsOk), result =>
                Assert.Equal(RefusalCode.AlreadyInitialised, result.Refusal.Code));
            using var opened = Keystore.Open(path, Passphrase).Value;
            Assert.Equal(winner.Identity.Kid, opened.Identity.Kid);
            Assert.Equal([path], Directory.GetFiles(System.IO.Path.GetDirectoryName(path)!));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(1025)]
    public void Create_PassphraseTooShortOrLong_IsRefused(int size) =>
        Assert.Equal(RefusalCode.FieldMalformed, Keystore.Create(Path, new byte[size]).Refusal.Code);

    [Fact]
    public void Create_FolderMissing_IsRefused() => Assert.Equal(
        RefusalCode.FileUnreadable,
        Keystore.Create(_folder.Combine("none/node.keystore"), Passphrase, Argon2Cost.Floor).Refusal.Code);

    [Fact]
    public void CodeOf_DiskFull_SaysSo()
    {
        Assert.Equal(RefusalCode.DiskFull, AtomicFile.CodeOf(new IOException("full", 28)));
        Assert.Equal(RefusalCode.FileUnreadable, AtomicFile.CodeOf(new IOException("other", 5)));
        Assert.Equal(RefusalCode.FileUnreadable, AtomicFile.CodeOf(new UnauthorizedAccessException()));
    }

    [Fact]
    public void Open_NoFile_IsRefused() =>
        Assert.Equal(RefusalCode.SecretUnreadable, Keystore.Open(Path, Passphrase).Refusal.Code);

    [Fact]
    public void Open_WrongPassphrase_IsRefused()
    {
        Create().Dispose();

        Assert.Equal(RefusalCode.KeystoreNotUnlocked, Keystore.Open(Path, "wrong horse"u8).Refusal.Code);
        Assert.Equal(RefusalCode.KeystoreNotUnlocked, Keystore.Open(Path, []).Refusal.Code);
    }

    [Fact]
    public void Open_OthersMayRead_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Create().Dispose();
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal(RefusalCode.PermissionsTooWide, Keystore.Open(Path, Passphrase).Refusal.Code);
    }

    [Fact]
    public void Open_TruncatedAtAnyLength_IsCorrupt()
    {
        Create().Dispose();
        var file = File.ReadAllBytes(Path);
        for (var size = 0; size < file.Length; size++)
        {
            File.WriteAllBytes(Path, file[..size]);
            Assert.Equal(RefusalCode.KeystoreCorrupt, Keystore.Open(Path, Passphrase).Refusal.Code);
        }
    }

    [Fact]
    public void Open_AnyByteChanged_IsCorrupt()
    {
        Create().Dispose();
        var file = File.ReadAllBytes(Path);
        for (var at = 0; at < file.Length; at++)
        {
            var changed = (byte[])file.Clone();
            changed[at] ^= 0x10;
            File.WriteAllBytes(Path, changed);
            Assert.Equal(RefusalCode.KeystoreCorrupt, Keystore.Open(Path, Passphrase).Refusal.Code);
        }
    }

    [Fact]
    public void Open_TooLarge_IsCorrupt()
    {
        Create().Dispose();
        using (var stream = File.OpenWrite(Path))
        {
            stream.SetLength(KeystoreFormat.SizeBytesMax + 1);
        }

        Assert.Equal(RefusalCode.KeystoreCorrupt, Keystore.Open(Path, Passphrase).Refusal.Code);
    }

    [Theory]
    [InlineData(10, 0u)]
    [InlineData(10, (19u * 1024) - 1)]
    [InlineData(10, (1024u * 1024) + 1)]
    [InlineData(10, 0xFFFFFFFFu)]
    [InlineData(14, 1u)]
    [InlineData(14, 17u)]
    [InlineData(18, 0u)]
    [InlineData(18, 5u)]
    public void Open_CostOutsideTheBounds_IsRefusedBeforeItIsPaid(int offset, uint value)
    {
        Create().Dispose();
        var file = File.ReadAllBytes(Path);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(offset), value);
        WriteWithSum(file);

        Assert.Equal(RefusalCode.KeystoreParameters, Keystore.Open(Path, Passphrase).Refusal.Code);
    }

    [Theory]
    [InlineData(9, RefusalCode.KeystoreCorrupt)] // version
    [InlineData(25, RefusalCode.KeystoreNotUnlocked)] // salt: another key, so the commitment does not fit
    [InlineData(40, RefusalCode.KeystoreCorrupt)] // nonce
    [InlineData(55, RefusalCode.KeystoreNotUnlocked)] // commitment
    [InlineData(100, RefusalCode.KeystoreCorrupt)] // contents
    public void Open_ChangedOnPurposeWithANewSum_IsRefused(int offset, RefusalCode expected)
    {
        Create().Dispose();
        var file = File.ReadAllBytes(Path);
        file[offset] ^= 1;
        WriteWithSum(file);

        Assert.Equal(expected, Keystore.Open(Path, Passphrase).Refusal.Code);
    }

    private KeyRing Create() => Keystore.Create(Path, Passphrase, Argon2Cost.Floor).Value;

    private void WriteWithSum(byte[] file)
    {
        SHA256.HashData(file.AsSpan(0, file.Length - 32), file.AsSpan(file.Length - 32));
        File.WriteAllBytes(Path, file);
    }
}
