using System.Runtime.Versioning;
using CbssReturn.Cli.Output;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-output-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "packet.cbss-receipt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_NewFile_IsTheOwnersAlone()
    {
        Assert.True(OutputFile.Write(Path, "one"u8, replaces: false).IsOk);

        Assert.Equal("one"u8, File.ReadAllBytes(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_FileThatIsThere_IsKeptUnlessToldOtherwise()
    {
        File.WriteAllText(Path, "before");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var refused = OutputFile.Write(Path, "after"u8, replaces: false);

        Assert.Equal(RefusalCode.FileUnreadable, refused.Refusal.Code);
        Assert.Contains("--force", refused.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(Path));
        Assert.True(OutputFile.Write(Path, "after"u8, replaces: true).IsOk);
        Assert.Equal("after", File.ReadAllText(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nowhere/packet")]
    public void Write_WhereNoFileCanBe_IsRefused(string name)
    {
        var refused = OutputFile.Write(System.IO.Path.Combine(_folder, name), "one"u8, replaces: true);

        Assert.Equal(RefusalCode.FileUnreadable, refused.Refusal.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
