using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests;

public sealed class RightEdgeTests
{
    /// <summary>Where the number of levels or of partial tiles changes.</summary>
    public static TheoryData<int> Sizes =>
        [0, 1, 2, 3, 4, 7, 8, 9, 255, 256, 257, 300, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 70_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Load_EdgeOfAStoredTree_GoesOnAsIfItHadNeverStopped(int size)
    {
        var loaded = RightEdge.Load(size, ReadTile).Value;

        Assert.Equal(size, loaded.Size);
        Assert.Empty(loaded.TakeChanged());
        foreach (var entry in TlogVectors.Entries(TlogVectors.SizeMax).Skip(size).Take(600))
        {
            if (TlogVectors.Roots.TryGetValue(loaded.Size, out var root))
            {
                Assert.Equal(root, loaded.Root());
            }

            loaded.Append(LogHash.Leaf(entry));
        }

        Assert.All(loaded.TakeChanged(), tile => Assert.Equal(ReadTile(tile.Id), tile.Hashes));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task LoadAsync_FromASource_GivesTheSameRoot(int size)
    {
        var loaded = await RightEdge.LoadAsync(TlogVectors.Tree, size, default);

        Assert.Equal(RightEdge.Load(size, ReadTile).Value.Root(), loaded.Value.Root());
    }

    [Fact]
    public void TakeChanged_AfterEachAppend_GivesEveryTileThatChanged()
    {
        var edge = RightEdge.Empty();
        foreach (var entry in TlogVectors.Entries(1030))
        {
            var before = edge.Size;
            edge.Append(LogHash.Leaf(entry));

            var expected = TileLayout.Tiles(edge.Size).Except(TileLayout.Tiles(before));
            var changed = edge.TakeChanged();
            Assert.Equal(expected.OrderBy(id => id.Level), changed.Select(tile => tile.Id).OrderBy(id => id.Level));
            Assert.All(changed, tile => Assert.Equal(ReadTile(tile.Id), tile.Hashes));
        }

        Assert.Empty(edge.TakeChanged());
    }

    [Fact]
    public void TakeChanged_AfterManyAppends_GivesTheWholeTree()
    {
        var edge = RightEdge.Empty();
        foreach (var entry in TlogVectors.Entries(TlogVectors.SizeMax))
        {
            edge.Append(LogHash.Leaf(entry));
        }

        var changed = edge.TakeChanged();

        Assert.Equal(
            TileLayout.Tiles(TlogVectors.SizeMax).OrderBy(id => id.Path),
            changed.Select(tile => tile.Id).OrderBy(id => id.Path));
    }

    [Fact]
    public void Copy_AppendedTo_LeavesTheOriginalAlone()
    {
        var edge = RightEdge.Load(65_535, ReadTile).Value;
        edge.Append(LogHash.Leaf([1]));
        var root = edge.Root();

        var copy = edge.Copy();
        copy.Append(LogHash.Leaf([2]));
        var copied = copy.TakeChanged();

        Assert.Equal(65_536, edge.Size);
        Assert.Equal(root, edge.Root());
        Assert.NotEqual(root, copy.Root());
        Assert.Equal(
            ["tile/0/255", "tile/1/000", "tile/0/256.p/1", "tile/2/000.p/1"], copied.Select(tile => tile.Id.Path));
        Assert.DoesNotContain(edge.TakeChanged(), tile => tile.Id == new TileId(0, 256, 1));
    }

    [Fact]
    public void Load_TileMissing_IsRefused()
    {
        var refusal = RightEdge.Load(300, id => id.Level == 1 ? null : ReadTile(id)).Refusal;

        Assert.Equal(RefusalCode.TileMissing, refusal.Code);
        Assert.Equal("tile/1/000.p/1", refusal.Field);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1376)]
    [InlineData(1407)]
    [InlineData(1409)]
    [InlineData(1440)]
    public void Load_TileOfAnotherSize_IsRefused(int sizeBytes)
    {
        var refusal = RightEdge.Load(300, id => id.Level == 0 ? new byte[sizeBytes] : ReadTile(id)).Refusal;

        Assert.Equal(RefusalCode.TileMalformed, refusal.Code);
        Assert.Equal("tile/0/001.p/44", refusal.Field);
    }

    [Fact]
    public void Root_LoadedFromWrongTiles_IsAnother()
    {
        var edge = RightEdge.Load(300, id => new byte[id.SizeBytes]).Value;

        Assert.NotEqual(TlogVectors.Roots[300], edge.Root());
    }

    [Fact]
    public void Empty_WithoutEntries_HasTheRootOfNothing()
    {
        var edge = RightEdge.Empty();

        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", edge.Root().ToString());
        Assert.Empty(edge.TakeChanged());
    }

    private static byte[]? ReadTile(TileId id) => TlogVectors.Tree.Find(id);
}
