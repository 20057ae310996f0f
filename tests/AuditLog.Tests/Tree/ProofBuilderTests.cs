using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests;

public sealed class ProofBuilderTests
{
    [Fact]
    public async Task Build_AnyProof_IsTheOneWithoutKeptTiles()
    {
        var builder = new ProofBuilder(TlogVectors.Tree);
        foreach (var size in (int[])[1, 300, 65_537, 70_000, 300])
        {
            foreach (var index in (int[])[0, size / 3, size / 2, size - 1])
            {
                var inclusion = await builder.BuildInclusionAsync(index, size, default);
                var consistency = await builder.BuildConsistencyAsync(index, size, default);

                Assert.Equal(
                    (await InclusionProof.BuildAsync(TlogVectors.Tree, index, size, default)).Value, inclusion.Value);
                Assert.Equal(
                    (await ConsistencyProof.BuildAsync(TlogVectors.Tree, index, size, default)).Value,
                    consistency.Value);
            }
        }
    }

    [Fact]
    public async Task Build_MoreProofsOfOneTree_ReadOnlyTheTileOfTheEntry()
    {
        var tree = new MemoryTree(TlogVectors.Entries(70_000));
        var builder = new ProofBuilder(tree);
        await builder.BuildInclusionAsync(3, 70_000, default);
        await builder.BuildInclusionAsync(69_000, 70_000, default);
        tree.Read.Clear();

        await builder.BuildInclusionAsync(3_000, 70_000, default);
        await builder.BuildInclusionAsync(69_999, 70_000, default);
        await builder.BuildInclusionAsync(68_000, 70_000, default);

        Assert.Equal([new TileId(0, 11, 256), new TileId(0, 265, 256)], tree.Read);
        Assert.Equal(4 * ProofBuilder.TileSizeBytes, builder.SizeBytes); // 1/0; and 0/273, 1/1, 2/0 of this size
    }

    [Fact]
    public async Task Build_TreeThatGrew_KeepsNoOlderEdge()
    {
        var builder = new ProofBuilder(TlogVectors.Tree);
        for (var size = 66_000; size < 66_100; size++)
        {
            var proof = (await builder.BuildInclusionAsync(size - 1, size, default)).Value;

            Assert.NotEmpty(proof);
        }

        Assert.InRange(builder.SizeBytes, 1, 4 * ProofBuilder.TileSizeBytes);
    }

    [Fact]
    public void TileKeeper_MoreFullTilesThanTheMost_ForgetsTheOldest()
    {
        var keeper = new TileKeeper(3);
        for (var i = 0; i < 5; i++)
        {
            keeper.Keep(new TileId(1, i, 256), 1_000_000, new TileNodes(new byte[8192]));
        }

        Assert.Equal(3, keeper.Count);
        Assert.Null(keeper.Find(new TileId(1, 1, 256), 1_000_000));
        Assert.NotNull(keeper.Find(new TileId(1, 4, 256), 1_000_000));
    }

    [Fact]
    public async Task Build_TileNotThereYet_IsAskedForAgain()
    {
        var whole = new MemoryTree(TlogVectors.Entries(300)).Export();
        var files = new Dictionary<string, byte[]>(whole);
        var builder = new ProofBuilder(new ExportedTree(files));
        files.Remove("tile/0/001.p/44");
        var missing = await builder.BuildInclusionAsync(3, 300, default);
        files["tile/0/001.p/44"] = whole["tile/0/001.p/44"];
        var there = await builder.BuildInclusionAsync(3, 300, default);

        Assert.Equal(RefusalCode.TileMissing, missing.Refusal.Code);
        Assert.True(there.IsOk);
    }
}
