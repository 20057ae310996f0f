using System.Runtime.Versioning;
using CbssReturn.Cli.Desk;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class TokenFileTests : IDisposable
{
    private static readonly string Token = string.Concat(Enumerable.Repeat("0a", 32));

    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-token-").FullName;

    private string File => Path.Combine(_folder, "token");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WriteNew_Token_IsReadAgainAndOnlyTheOwners()
    {
        var written = TokenFile.WriteNew(File, Token);

        Assert.True(written.IsOk);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(Token, TokenFile.Read(File).Value);
        Assert.Equal(RefusalCode.FileUnreadable, TokenFile.WriteNew(File, Token).Refusal.Code);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Read_FileOfOthersToo_IsRefused(UnixFileMode more)
    {
        TokenFile.WriteNew(File, Token);
        System.IO.File.SetUnixFileMode(File, System.IO.File.GetUnixFileMode(File) | more);

        Assert.Equal(RefusalCode.PermissionsTooWide, TokenFile.Read(File).Refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0a0a")]
    [InlineData("x")]
    public void Read_SomethingElse_IsRefused(string text)
    {
        TokenFile.WriteNew(File, text);

        Assert.Equal(RefusalCode.SecretUnreadable, TokenFile.Read(File).Refusal.Code);
    }

    [Fact]
    public void Read_UpperCase_IsRefused()
    {
        TokenFile.WriteNew(File, Token.ToUpperInvariant());

        Assert.Equal(RefusalCode.SecretUnreadable, TokenFile.Read(File).Refusal.Code);
    }

    [Fact]
    public void Read_NoFile_IsRefused()
    {
        Assert.Equal(RefusalCode.SecretUnreadable, TokenFile.Read(null).Refusal.Code);
        Assert.Equal(RefusalCode.SecretUnreadable, TokenFile.Read(File).Refusal.Code);
    }
}
