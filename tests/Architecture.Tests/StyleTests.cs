using System.Text.RegularExpressions;

namespace CbssReturn.Architecture.Tests;

/// <summary>Holds the parts of the style that a machine can see.</summary>
public sealed partial class StyleTests
{
    private const int FileLinesMax = 400;
    // max_line_length of .editorconfig, which no compiler enforces.
    private const int LineColumnsMax = 120;

    private static readonly string[] Sources = ["src", "tests", "bench"];

    public static TheoryData<string> Files =>
        [.. Sources
            .SelectMany(folder => Directory.EnumerateFiles(
                RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Length_KeepsTheLimits(string file)
    {
        var lines = File.ReadAllLines(RepositoryRoot.Combine(file));

        // The list of codes is one idea however many lines it takes.
        Assert.True(
            lines.Length <= FileLinesMax || file.EndsWith("RefusalCode.cs", StringComparison.Ordinal),
            $"{lines.Length} lines");
        Assert.DoesNotContain(lines, line => line.Length > LineColumnsMax);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Words_LeaveNothingUndone(string file)
    {
        if (file.EndsWith("StyleTests.cs", StringComparison.Ordinal))
        {
            return;
        }

        var text = File.ReadAllText(RepositoryRoot.Combine(file));

        Assert.DoesNotMatch(LeftUndone(), text);
        Assert.DoesNotMatch(HiddenWait(), text);
    }

    [Fact]
    public void Types_InOneFile_AreOne()
    {
        var breaches = Directory.EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => PublicType().Count(File.ReadAllText(file)) > 1);

        Assert.Empty(breaches);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|Skip\s*=\s*""")]
    private static partial Regex LeftUndone();

    [GeneratedRegex(@"Thread\.Sleep\(|catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex HiddenWait();

    [GeneratedRegex(
        @"^public (?:(?:sealed|static|abstract|readonly|partial|ref) )*(?:class|record|struct|interface|enum)\b",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
