using CbssReturn.Node.Files;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Files;

public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFile_IsTheOwnersAlone()
    {
        Assert.True(PrivateFiles.Write(_folder.File("secret"), "a"u8).IsOk);

        Assert.Equal(Owner, File.GetUnixFileMode(_folder.File("secret")));
        Assert.Equal("a"u8.ToArray(), PrivateFiles.ReadSecret(_folder.File("secret")).Value);
    }

    [Fact]
    public void Write_OverAFileThatOthersCouldRead_TakesTheirRightsAway()
    {
        File.WriteAllText(_folder.File("secret"), "old");
        File.SetUnixFileMode(_folder.File("secret"), Owner | UnixFileMode.OtherRead);

        Assert.True(PrivateFiles.Write(_folder.File("secret"), "new"u8).IsOk);

        Assert.Equal(Owner, File.GetUnixFileMode(_folder.File("secret")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_FolderThatIsNotThere_IsRefused() => Assert.Equal(
        RefusalCode.FileUnreadable, PrivateFiles.Write(_folder.File("none/secret"), "a"u8).Refusal.Code);

    [Fact]
    public void Write_FullDisk_IsRefused()
    {
        // A device that says so at every write.
        Assert.True(File.Exists("/dev/full"));
        File.CreateSymbolicLink(_folder.File("full"), "/dev/full");

        using var file = new FileStream(_folder.File("full"), FileMode.Open, FileAccess.Write, FileShare.None, 0);
        var failure = Assert.ThrowsAny<IOException>(() => file.Write("a"u8));

        Assert.Equal(RefusalCode.DiskFull, PrivateFiles.Failed("full", failure).Code);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void ReadSecret_OthersHaveRights_IsRefused(UnixFileMode rights)
    {
        File.WriteAllText(_folder.File("secret"), "a");
        File.SetUnixFileMode(_folder.File("secret"), Owner | rights);

        Assert.Equal(RefusalCode.PermissionsTooWide, PrivateFiles.ReadSecret(_folder.File("secret")).Refusal.Code);
    }

    [Fact]
    public void ReadSecret_NoFileOrTooLarge_IsRefused()
    {
        Assert.True(PrivateFiles.Write(_folder.File("large"), new byte[PrivateFiles.SecretSizeBytesMax + 1]).IsOk);

        Assert.Equal(RefusalCode.SecretUnreadable, PrivateFiles.ReadSecret(_folder.File("none")).Refusal.Code);
        Assert.Equal(RefusalCode.FileTooLarge, PrivateFiles.ReadSecret(_folder.File("large")).Refusal.Code);
    }

    [Fact]
    public void MakeFolder_NewOne_IsTheOwnersAlone()
    {
        Assert.True(PrivateFiles.MakeFolder(_folder.File("a/b")).IsOk);

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("a/b")));
    }

    [Fact]
    public void MakeFolder_OneThatOthersCanEnter_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("open"));
        File.SetUnixFileMode(_folder.File("open"), Owner | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        Assert.Equal(RefusalCode.PermissionsTooWide, PrivateFiles.MakeFolder(_folder.File("open")).Refusal.Code);
    }

    [Fact]
    public void FileWatch_FileAppearsChangesAndGoes_IsNoticedOnceEach()
    {
        var watch = new FileWatch(_folder.File("watched"));
        Assert.True(watch.HasChanged());
        Assert.False(watch.HasChanged());

        File.WriteAllText(_folder.File("watched"), "a");
        Assert.True(watch.HasChanged());
        Assert.False(watch.HasChanged());

        Assert.True(PrivateFiles.Write(_folder.File("watched"), "b"u8).IsOk);
        File.SetLastWriteTimeUtc(_folder.File("watched"), DateTime.UnixEpoch);
        Assert.True(watch.HasChanged());

        File.Delete(_folder.File("watched"));
        Assert.True(watch.HasChanged());
        Assert.False(watch.HasChanged());
    }
}
