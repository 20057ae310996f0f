using System.Text.Json.Nodes;
using CbssReturn.AuditLog.Tests;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>The main job on real input: five nodes, real envelopes, real connections.</summary>
[Collection(OneProgramAtATime.Name)]
public sealed partial class DemoTests(DemoFixture demo, GoProgram program)
    : IClassFixture<DemoFixture>, IClassFixture<GoProgram>
{
    /// <summary>What is told last.</summary>
    internal const string LastStep = "The log is right again.";

    private static readonly string[] Nodes = ["sender", "shelter_a", "shelter_b", "operator", "focal_point"];

    // Each node's log; a receipt proved and checked; a withheld packet: right alone, wrong beside the other log; a byte
    // changed, found, put back and right again.
    private static readonly int AuditSteps = Nodes.Length + 8;

    [Fact]
    public void Demo_Whole_Succeeds() => Assert.True(demo.ExitCode == 0, $"{demo.ExitCode} {demo.Error}");

    [Fact]
    public void Demo_EachStep_Holds() => Assert.All(
        demo.Steps,
        step => Assert.True(step.GetProperty("ok").GetBoolean(), step.ToString()));

    [Fact]
    public void Demo_Steps_AreThoseOfTheSamplesInTheirOrder()
    {
        var expected = Directory.GetFiles(Repository.Combine("samples"), "first-*.json").Order(StringComparer.Ordinal)
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!["steps"]!.AsArray())
            .Select(step => (step!["step"]!.ToString(), step["on"]!.ToString()));

        var told = demo.Steps.Select(
            step => (step.GetProperty("step").GetString()!, step.GetProperty("node").GetString()!));

        Assert.Equal(expected, told.Skip(1 + Nodes.Length).SkipLast(AuditSteps));
        Assert.Equal(LastStep, told.Last().Item1);
    }

    [Fact]
    public void Demo_Lines_HaveExactlyFourFields() => Assert.All(
        demo.Steps,
        step => Assert.Equal(["step", "ok", "node", "detail"], step.EnumerateObject().Select(field => field.Name)));

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Demo_KeptFiles_AreOnlyTheOwners()
    {
        const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(demo.Kept) & OfOthers);
        Assert.All(Nodes, node => Assert.True(Directory.Exists(Path.Combine(demo.Kept, node))));
        Assert.Equal(Nodes.Length, MarkerSearch.FilesIn(demo.Kept).Count(path => Path.GetFileName(path) == "node.db"));
    }

    [Fact]
    public void Markers_InKeptFiles_AreNone()
    {
        var markers = MarkerSearch.MarkersOfSamples();

        Assert.True(markers.Count > 100, $"{markers.Count} markers");
        Assert.Empty(MarkerSearch.FindIn(demo.Kept, markers));
    }

    [Fact]
    public void Markers_OnTheWire_AreNone()
    {
        var files = MarkerSearch.FilesIn(demo.Wire).ToList();

        // Both directions of connections to each node that others call, and more bytes than the sections alone.
        Assert.All(
            Nodes.Skip(1),
            node => Assert.Contains(
                files, file => Path.GetFileName(file).StartsWith(node, StringComparison.Ordinal)));
        Assert.True(files.Sum(file => new FileInfo(file).Length) > 200_000);
        Assert.Empty(MarkerSearch.FindIn(demo.Wire, MarkerSearch.MarkersOfSamples()));
    }

    [Fact]
    public void Markers_WrittenOnPurpose_AreFoundByTheSameSearch()
    {
        const string Control = "qzvxwrittenonpurpose";
        var place = Directory.CreateDirectory(Path.Combine(demo.Kept, "control")).FullName;
        File.WriteAllText(Path.Combine(place, "control.txt"), $"before {Control} after");

        var found = MarkerSearch.FindIn(demo.Kept, [Control]);

        Assert.Equal([$"{Path.Combine("control", "control.txt")}: {Control} as UTF-8"], found);
    }

    [Fact]
    public void Logs_OfAllNodes_HoldNoErrors() => Assert.All(
        MarkerSearch.FilesIn(demo.Kept).Where(path => Path.GetFileName(path) == "node.log"),
        path => Assert.DoesNotContain("\"Error\"", File.ReadAllText(path), StringComparison.OrdinalIgnoreCase));
}
