using CbssReturn.AuditLog;
using CbssReturn.Node.Files;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tests.Files;

public sealed class LogExportTests : IDisposable
{
    private const string Origin = "log.test/se/00000000000000000000000000000001/1";

    private readonly TestFolder _folder = new();
    private readonly TestTree _tree = new();
    private readonly NoteKey _key = NoteKey.FromSeed(new byte[NoteKey.SeedSizeBytes]);

    private string Export => _folder.File("export");

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(256)]
    [InlineData(700)]
    public async Task Write_ATree_EveryFileLeadsToTheRoot(int size)
    {
        _tree.Grow(size);

        Assert.True((await WriteAsync(new LogExport(Export, Origin))).IsOk);

        Assert.Equal(_tree.Root, await RootOnDiskAsync(size));
        Assert.Equal(Note(size), await File.ReadAllBytesAsync(Path.Combine(Export, "checkpoint")));
    }

    [Fact]
    public async Task Write_StepByStep_IsTheSameAsAtOnceAndNeverWritesAFullTileAgain()
    {
        var export = new LogExport(Export, Origin);
        for (var size = 4; size <= 1400; size += 68)
        {
            _tree.Grow(size);
            Assert.True((await WriteAsync(export)).IsOk);
            Assert.Equal(_tree.Root, await RootOnDiskAsync(size));
        }

        Assert.All(
            _tree.TilesRead.Where(read => read.Key.Width == TileId.HashesMax), read => Assert.Equal(1, read.Value));
    }

    [Fact]
    public async Task Write_AfterTileIsFull_KeepsItsNarrowOnesForOneTileMore()
    {
        var export = new LogExport(Export, Origin);
        foreach (var size in new[] { 100, 300, 512, 600 })
        {
            _tree.Grow(size);
            await WriteAsync(export);
        }

        Assert.False(Directory.Exists(Path.Combine(Export, "tile/0/000.p")));
        Assert.False(Directory.Exists(Path.Combine(Export, "tile/entries/000.p")));
        Assert.True(File.Exists(Path.Combine(Export, "tile/0/001.p/44")));
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/001")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("tile/entries/002.p/88")]
    public async Task Write_AfterRestart_WritesWhatIsMissing(string lost)
    {
        _tree.Grow(600);
        await WriteAsync(new LogExport(Export, Origin));
        File.Delete(Path.Combine(Export, lost));

        await WriteAsync(new LogExport(Export, Origin));

        Assert.Equal(_tree.Root, await RootOnDiskAsync(600));
        Assert.True(File.Exists(Path.Combine(Export, lost)));
    }

    [Fact]
    public async Task Write_CutOffAfterEachTile_OldCheckpointHoldsGoodUntilTheEnd()
    {
        var export = new LogExport(Export, Origin);
        _tree.Grow(300);
        await WriteAsync(export);
        _tree.Grow(900);

        var isDone = false;
        for (var cuts = 0; !isDone; cuts++)
        {
            Assert.Equal(300, SizeOnDisk());
            Assert.Equal(_tree.RootAt(300), await RootOnDiskAsync(300));
            Assert.InRange(cuts, 0, 5);  // tiles that 900 entries have beyond 300, each a cut, and the end
            _tree.ReadsLeft = 1;
            isDone = (await WriteAsync(new LogExport(Export, Origin))).IsOk;
        }

        Assert.Equal(900, SizeOnDisk());
        Assert.Equal(_tree.Root, await RootOnDiskAsync(900));
    }

    [Fact]
    public async Task Write_TileThatTheStoreDoesNotHave_IsRefusedAndNamed()
    {
        _tree.Grow(300);
        _tree.Lose(new TileId(0, 0, 256));

        var written = await WriteAsync(new LogExport(Export, Origin));

        Assert.Equal((RefusalCode.TileMissing, "tile/0/000"), (written.Refusal.Code, written.Refusal.Field));
        Assert.False(File.Exists(Path.Combine(Export, "checkpoint")));
    }

    [Fact]
    public async Task Write_OverTheExportOfAnotherLog_LeavesNothingOfIt()
    {
        _tree.Grow(700);
        await WriteAsync(new LogExport(Export, Origin.Replace("/1", "/0", StringComparison.Ordinal)), "/0");
        var other = new TestTree(seed: 2);
        other.Grow(40);

        Assert.True((await new LogExport(Export, Origin).WriteAsync(other, 40, Note(40, other), default)).IsOk);

        Assert.Equal(other.Root, await RootOnDiskAsync(40));
        Assert.False(Directory.Exists(Path.Combine(Export, "tile/1")));
    }

    [Fact]
    public void WriteKeys_LogAndWitnesses_OneALine()
    {
        using var witness = NoteKey.FromSeed([.. Enumerable.Repeat((byte)7, NoteKey.SeedSizeBytes)]);
        VerifierKey[] keys = [VerifierKey.OfLog(Origin, _key.Public), VerifierKey.OfWitness("w", witness.Public)];
        var export = new LogExport(Export, Origin);

        Assert.True(export.WriteKeys(keys).IsOk);

        Assert.Equal(keys.Select(key => key.ToString()), File.ReadAllLines(_folder.File("export.vkeys")));
    }

    private Task<Result<Done>> WriteAsync(LogExport export, string generation = "/1") => export.WriteAsync(
        _tree, _tree.Size, Note(_tree.Size, _tree, generation), CancellationToken.None);

    private byte[] Note(long size, TestTree? tree = null, string generation = "/1") => CheckpointSigning.Sign(
        new Checkpoint(
            Origin.Replace("/1", generation, StringComparison.Ordinal), size, (tree ?? _tree).RootAt(size)), _key)
        .ToBytes();

    private long SizeOnDisk()
    {
        var note = SignedNote.Parse(File.ReadAllBytes(Path.Combine(Export, "checkpoint"))).Value;
        return Checkpoint.Parse(note.Text).Value.Size;
    }

    private async Task<Digest> RootOnDiskAsync(long size)
    {
        var files = new TestTileFiles(Export);
        var edge = (await RightEdge.LoadAsync(files, size, default)).Value;
        var rebuilt = RightEdge.Empty();
        foreach (var bundle in TileLayout.Bundles(size))
        {
            var bytes = await files.ReadBundleAsync(bundle, default);
            foreach (var entry in EntryBundle.Parse(bytes!.Value, bundle.Width).Value)
            {
                rebuilt.Append(LogHash.Leaf(entry.Span));
            }
        }

        foreach (var tile in rebuilt.TakeChanged())
        {
            Assert.Equal(tile.Hashes, (await files.ReadTileAsync(tile.Id, default))!.Value.ToArray());
        }

        Assert.Equal(rebuilt.Root(), edge.Root());
        return edge.Root();
    }
}
