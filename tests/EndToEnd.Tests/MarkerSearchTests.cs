using System.Text;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>A search that finds nothing proves something only if it finds what is there.</summary>
public sealed class MarkerSearchTests : IDisposable
{
    private const string Word = "qzvxcontrolwordone";

    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-markers-").FullName;

    public static TheoryData<string> Forms => [.. MarkerSearch.FormsOf(Word).Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Forms))]
    public void FindIn_FileWithOneForm_FindsIt(string form)
    {
        File.WriteAllBytes(Path.Combine(_folder, "file"), [1, 2, 3, .. MarkerSearch.FormsOf(Word)[form], 255]);

        Assert.NotEmpty(MarkerSearch.FindIn(_folder, [Word]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public void FindIn_Base64OfALongerText_FindsTheWordWhereverItBegins(int before)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('~', before) + Word + " and more?"));
        File.WriteAllText(Path.Combine(_folder, "file"), text);

        Assert.Single(MarkerSearch.FindIn(_folder, [Word]));
    }

    [Fact]
    public void FindIn_OtherWords_FindsNothing()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "qzvxcontrolwordtwo");

        Assert.Empty(MarkerSearch.FindIn(_folder, [Word]));
    }
}
