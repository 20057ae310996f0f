namespace CbssReturn.AuditLog.Tests;

/// <summary>Trees that we write, read by golang.org/x/mod/sumdb.</summary>
public sealed class GoCheckTests(GoProgram program) : IClassFixture<GoProgram>
{
    private static readonly int[] LargeSizes =
        [.. Enumerable.Range(9, 8).SelectMany(k => (int[])[(1 << k) - 1, 1 << k, (1 << k) + 1]), 70_000];

    [Fact]
    public async Task Trees_OfAllSizesTo300AndAroundPowersOfTwo_AreAccepted()
    {
        using var export = new GoExport();
        int[] sizes = [.. Enumerable.Range(0, 301), .. LargeSizes];
        var arguments = new List<string>();
        foreach (var size in sizes)
        {
            arguments.Add(export.Write(new MemoryTree(SampleEntries.Many(size)), $"{size}"));
            arguments.Add(export.Keys);
        }

        var (exitStatus, output, error) = await program.CheckAsync([.. arguments]);

        Assert.Equal(string.Empty, error);
        Assert.Equal(0, exitStatus);
        Assert.Equal(sizes.SelectMany(size => GoExport.LinesOf(size)), output.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("checkpoint", "checkpoint: ")]
    [InlineData("tile/0/000", "tile/0/000: not the hashes of the entries")]
    [InlineData("tile/0/001.p/44", "tile/0/001.p/44: not the hashes of the entries")]
    [InlineData("tile/1/000.p/1", "tile/1/000.p/1: not the hashes of the entries")]
    [InlineData("tile/entries/000", "tile/0/000: not the hashes of the entries")]
    [InlineData("tile/entries/001.p/44", "tile/0/001.p/44: not the hashes of the entries")]
    public async Task Tree_WithOneByteChanged_IsNotAccepted(string path, string expected)
    {
        using var export = new GoExport();
        var folder = export.Write(new MemoryTree(SampleEntries.Many(300)), "tree");
        var file = Path.Combine(folder, path);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[25] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var (exitStatus, output, error) = await program.CheckAsync(folder, export.Keys);

        Assert.Equal(1, exitStatus);
        Assert.DoesNotContain("ok", output, StringComparison.Ordinal);
        Assert.StartsWith($"{folder}: {expected}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tree_WithTheCheckpointOfAnother_IsNotAccepted()
    {
        using var export = new GoExport();
        var folder = export.Write(new MemoryTree(SampleEntries.Many(300)), "tree");
        var other = export.Write(new MemoryTree(SampleEntries.Many(300).Reverse()), "other");
        File.Copy(Path.Combine(other, "checkpoint"), Path.Combine(folder, "checkpoint"), overwrite: true);

        var (exitStatus, _, error) = await program.CheckAsync(folder, export.Keys);

        Assert.Equal(1, exitStatus);
        Assert.Contains("the entries do not lead to the root", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_WithAWrongCosignature_IsNotAccepted()
    {
        using var export = new GoExport();
        var folder = export.Write(new MemoryTree(SampleEntries.Many(3)), "tree");
        var file = Path.Combine(folder, "checkpoint");
        var lines = await File.ReadAllLinesAsync(file);
        lines[^1] = lines[^1][..^4] + "AAA=";
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n");

        var (exitStatus, _, error) = await program.CheckAsync(folder, export.Keys);

        Assert.Equal(1, exitStatus);
        Assert.Contains("checkpoint: ", error, StringComparison.Ordinal);
    }
}
