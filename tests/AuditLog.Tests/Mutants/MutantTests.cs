using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace CbssReturn.AuditLog.Tests.Mutants;

/// <summary>Every wrong verifier of <see cref="MutantList"/> fails a vector test. Where one lives, a vector is
/// missing.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    // A mutant that never ends is no mutant for this list.
    private static readonly TimeSpan EachMax = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Vectors_AgainstMutants_KillThem()
    {
        var build = new MutantBuild();
        Assert.Null(await MutantRun.FindFailureAsync(build.Compile(null)));
        var tried = new List<(Mutant Mutant, string? Killer)>();
        foreach (var mutant in MutantList.Tried)
        {
            var assembly = build.Compile(mutant);
            tried.Add((mutant, await Task.Run(() => MutantRun.FindFailureAsync(assembly)).WaitAsync(EachMax)));
        }

        var report = Report(tried);
        output.WriteLine($"CBSS_MUTANTS_SEED={MutantList.Seed}");
        output.WriteLine(report);
        if (Environment.GetEnvironmentVariable("CBSS_MUTANTS_REPORT") is { } file)
        {
            await File.WriteAllTextAsync(file, report);
        }

        Assert.All(tried, pair => Assert.True(
            pair.Killer is not null, $"{pair.Mutant.File}: {pair.Mutant.Why} (CBSS_MUTANTS_SEED={MutantList.Seed})"));
    }

    [Fact]
    public void List_OfMutants_IsCurrent()
    {
        var build = new MutantBuild();

        Assert.True(MutantList.All.Count >= 30);
        Assert.All(MutantList.All, mutant =>
        {
            var count = build.Count(mutant);
            Assert.True(count == 1, $"{mutant.File}: \"{mutant.Old}\" stands there {count} times");
            Assert.NotEqual(mutant.Old, mutant.New);
            Assert.NotEmpty(mutant.Why);
        });
        Assert.Equal(MutantList.All.Count, MutantList.All.Distinct().Count());
    }

    private static string Report(List<(Mutant Mutant, string? Killer)> tried)
    {
        var table = new StringBuilder("| file | mistake | killed by |\n|---|---|---|\n");
        foreach (var (mutant, killer) in tried)
        {
            table.Append(
                CultureInfo.InvariantCulture, $"| {mutant.File} | {mutant.Why} | {killer ?? "**survived**"} |\n");
        }

        var killed = tried.Count(pair => pair.Killer is not null);
        return table.Append(CultureInfo.InvariantCulture, $"\n{killed} of {tried.Count} killed.\n").ToString();
    }
}
