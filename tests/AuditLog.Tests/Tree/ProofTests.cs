using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CsCheck;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Proofs beyond those of the vectors.</summary>
public sealed class ProofTests
{
    private static readonly Gen<Digest> AnyHash = Gen.Byte.Array[32].Select(bytes => Digest.FromBytes(bytes));

    [Fact]
    public async Task InclusionProof_OfEveryEntryOfSmallTrees_IsRightForThatPlaceOnly()
    {
        for (var size = 1; size <= 34; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var leaf = await LeafAsync(index);
                var proof = (await InclusionProof.BuildAsync(TlogVectors.Tree, index, size, default)).Value;

                for (var claimed = -1; claimed <= size; claimed++)
                {
                    Assert.Equal(
                        claimed == index,
                        InclusionProof.Verify(claimed, size, leaf, proof, TlogVectors.Roots[size]).IsOk);
                }
            }
        }
    }

    [Fact]
    public async Task ConsistencyProof_OfEveryPairOfSmallTrees_IsRightForThatPairOnly()
    {
        for (var newSize = 1; newSize <= 34; newSize++)
        {
            for (var oldSize = 1; oldSize <= newSize; oldSize++)
            {
                var proof = (await ConsistencyProof.BuildAsync(TlogVectors.Tree, oldSize, newSize, default)).Value;

                for (var claimed = 0; claimed <= newSize + 1; claimed++)
                {
                    var isRight = ConsistencyProof.Verify(
                        claimed, newSize, TlogVectors.Roots[oldSize], TlogVectors.Roots[newSize], proof).IsOk;
                    Assert.Equal(claimed == oldSize, isRight);
                }
            }
        }
    }

    [Fact]
    public async Task Proofs_OfOneTree_AreNotOfItsNeighbours()
    {
        foreach (var size in (int[])[2, 3, 4, 255, 256, 257, 299])
        {
            var leaf = await LeafAsync(1);
            var proof = (await InclusionProof.BuildAsync(TlogVectors.Tree, 1, size, default)).Value;

            Assert.True(InclusionProof.Verify(1, size, leaf, proof, TlogVectors.Roots[size]).IsOk);
            Assert.False(InclusionProof.Verify(1, size, leaf, proof, TlogVectors.Roots[size + 1]).IsOk);
            Assert.False(InclusionProof.Verify(1, size, leaf, proof, TlogVectors.Roots[size - 1]).IsOk);
        }
    }

    [Fact]
    public void Verify_AnyProof_IsRefusedAndNeverThrows() =>
        Gen.Select(Gen.Long, Gen.Long, AnyHash, AnyHash.Array[0, 70]).Sample((first, second, hash, proof) =>
        {
            Assert.Equal(
                RefusalCode.InclusionWrong, InclusionProof.Verify(first, second, hash, proof, hash).Refusal.Code);
            Assert.False(
                ConsistencyProof.Verify(first, second, hash, LogHash.Empty, proof).IsOk);
        });

    [Fact]
    public void Verify_LargestTree_TakesProofsOf63Hashes()
    {
        var leaf = LogHash.Leaf([7]);
        var proof = Enumerable.Range(0, 63).Select(i => LogHash.Leaf([(byte)i])).ToArray();
        var root = proof.Aggregate(leaf, LogHash.Node);

        Assert.True(InclusionProof.Verify(0, long.MaxValue, leaf, proof, root).IsOk);
        Assert.False(InclusionProof.Verify(0, long.MaxValue, leaf, [.. proof, leaf], LogHash.Node(root, leaf)).IsOk);
        Assert.False(InclusionProof.Verify(0, long.MaxValue / 2, leaf, proof, root).IsOk);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 300)]
    [InlineData(300, 300)]
    public async Task ConsistencyProof_FromNothingOrTheSame_IsEmptyAndReadsNothing(int oldSize, int newSize)
    {
        var tree = new MemoryTree(TlogVectors.Entries(300));

        var proof = (await ConsistencyProof.BuildAsync(tree, oldSize, newSize, default)).Value;

        Assert.Empty(proof);
        Assert.Empty(tree.Read);
        Assert.True(ConsistencyProof.Verify(
            oldSize, newSize, TlogVectors.Roots[oldSize], TlogVectors.Roots[newSize], proof).IsOk);
    }

    [Fact]
    public async Task BuildAsync_OldEntryOfALargeTree_ReadsFullTilesBelowTheEdge()
    {
        var tree = new MemoryTree(TlogVectors.Entries(70_000));

        await InclusionProof.BuildAsync(tree, 3, 70_000, default);

        Assert.Equal(
            ["tile/0/000", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17"],
            tree.Read.Select(id => id.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task BuildAsync_TileMissingOrMalformed_IsRefused()
    {
        var files = new MemoryTree(TlogVectors.Entries(300)).Export();
        var source = new ExportedTree(files);
        files["tile/0/000"] = new byte[8191];
        var malformed = await InclusionProof.BuildAsync(source, 3, 300, default);
        files.Remove("tile/0/000");
        var missing = await ConsistencyProof.BuildAsync(source, 3, 300, default);

        Assert.Equal(RefusalCode.TileMalformed, malformed.Refusal.Code);
        Assert.Equal(RefusalCode.TileMissing, missing.Refusal.Code);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public async Task BuildAsync_EntryOutsideTheTree_Throws(long index, long size) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await InclusionProof.BuildAsync(TlogVectors.Tree, index, size, default));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    public async Task BuildAsync_TreesTheWrongWayRound_Throws(long oldSize, long newSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await ConsistencyProof.BuildAsync(TlogVectors.Tree, oldSize, newSize, default));

    private static async Task<Digest> LeafAsync(int index)
    {
        var tile = await TlogVectors.Tree.ReadTileAsync(new TileId(0, index / 256, 256), default);
        return Digest.FromBytes(tile!.Value.Span.Slice(32 * (index % 256), 32));
    }
}
