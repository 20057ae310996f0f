namespace CbssReturn.EndToEnd.Tests;

/// <summary>The logs that real nodes exported, read by golang.org/x/mod/sumdb, which knows nothing of this project.
/// </summary>
public sealed partial class DemoTests
{
    [Fact]
    public async Task Exports_OfAllFiveNodes_AreAcceptedByGoWithNothingButTheirKeys()
    {
        var (exitStatus, output, error) = await program.CheckAsync([.. Nodes.SelectMany(ExportOf)]);

        Assert.Equal("", error);
        Assert.Equal(0, exitStatus);
        var accepted = output.Split('\n').Where(line => line.StartsWith("ok size ", StringComparison.Ordinal));
        Assert.Equal(Nodes.Length, accepted.Count());
    }

    [Fact]
    public async Task Export_BesideTheKeysOfAnotherNode_IsNotAcceptedByGo()
    {
        var (exitStatus, output, error) = await program.CheckAsync(ExportOf("sender")[0], ExportOf("shelter_a")[1]);

        Assert.Equal(1, exitStatus);
        Assert.DoesNotContain("ok", output, StringComparison.Ordinal);
        Assert.Contains("checkpoint", error, StringComparison.Ordinal);
    }

    private string[] ExportOf(string node) =>
        [Path.Combine(demo.Kept, node, "export"), Path.Combine(demo.Kept, node, "export.vkeys")];
}
