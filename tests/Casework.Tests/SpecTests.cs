using System.Text.RegularExpressions;

namespace CbssReturn.Casework.Tests;

/// <summary>The rules that code cites stand in docs/spec/casework.md.</summary>
public sealed partial class SpecTests
{
    [Fact]
    public void EveryRuleThatIsCited_Stands()
    {
        var root = Root();
        var spec = File.ReadAllText(Path.Combine(root, "docs", "spec", "casework.md"));
        var cited = new[] { "src", "tests", "protos" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".cs" or ".proto")
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => Citation().Matches(Unwrapped().Replace(File.ReadAllText(path), " ")))
            .SelectMany(citation => Rule().Matches(citation.Groups[1].Value))
            .Select(rule => rule.Value)
            .ToHashSet();

        Assert.True(cited.Count > 30, "Citations are not found any more.");
        Assert.All(cited, rule => Assert.Contains($"* **{rule}** ", spec, StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CbssReturn.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("Not below the repository's root.");
        }

        return folder;
    }

    [GeneratedRegex(@"\s*\n\s*//+\s*")]
    private static partial Regex Unwrapped();

    [GeneratedRegex(@"casework\.md,\s+rules?\s+([0-9., and to]+)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"[0-9]+\.[0-9]+")]
    private static partial Regex Rule();
}
