using System.Buffers.Binary;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests;

public sealed class TreeAuditTests
{
    private static readonly MemoryTree Tree = new(SampleEntries.Many(700));

    /// <summary>Sizes of trees, with all that a change of the number of tiles or levels brings.</summary>
    public static TheoryData<int> Sizes =>
        [0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 4_095, 4_097, 65_535, 65_536, 65_537, 65_793, 70_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task AdvanceAsync_HonestTree_IsKnownAfterwards(int size)
    {
        var audit = new TreeAudit(TlogVectors.Tree, RightEdge.Empty());
        var seen = 0L;

        var fault = await audit.AdvanceAsync(size, TlogVectors.Roots[size], See, default);

        Assert.Null(fault);
        Assert.Equal(size, audit.Size);
        Assert.Equal(TlogVectors.Roots[size], audit.Root);
        Assert.Equal(size, seen);

        Refusal? See(long index, ReadOnlySpan<byte> entry)
        {
            Assert.Equal(seen++, index);
            Assert.Equal(index % 97, entry.Length);
            return null;
        }
    }

    [Fact]
    public async Task AdvanceAsync_AllSizesTo300_AreReachedFromEachBefore()
    {
        var audit = new TreeAudit(TlogVectors.Tree, RightEdge.Empty());
        for (var size = 0; size <= 300; size++)
        {
            Assert.Null(await audit.AdvanceAsync(size, TlogVectors.Roots[size], null, default));
        }

        Assert.Equal(300, audit.Size);
    }

    [Theory]
    [InlineData(255, 256)]
    [InlineData(255, 257)]
    [InlineData(256, 512)]
    [InlineData(299, 300)]
    [InlineData(300, 69_999)]
    [InlineData(65_535, 65_537)]
    [InlineData(65_536, 70_000)]
    public async Task AdvanceAsync_FromAKnownTree_SeesTheNewEntriesOnly(int known, int size)
    {
        var edge = (await RightEdge.LoadAsync(TlogVectors.Tree, known, default)).Value;
        var audit = new TreeAudit(TlogVectors.Tree, edge);
        var indexes = new List<long>();

        var fault = await audit.AdvanceAsync(
            size,
            TlogVectors.Roots[size],
            (index, _) =>
            {
                indexes.Add(index);
                return null;
            },
            default);

        Assert.Null(fault);
        Assert.Equal(Enumerable.Range(known, size - known).Select(i => (long)i), indexes);
    }

    [Fact]
    public async Task AdvanceAsync_HonestTree_ReadsEachTileOnce()
    {
        var tree = new MemoryTree(SampleEntries.Many(700));

        await new TreeAudit(tree, RightEdge.Empty()).AdvanceAsync(700, tree.Root, null, default);

        Assert.Equal(TileLayout.Tiles(700).OrderBy(id => id.Path), tree.Read.OrderBy(id => id.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(699)]
    public async Task AdvanceAsync_EntryChanged_NamesItAndItsBundle(int index)
    {
        var files = Tree.Export();
        var (path, offset) = PlaceOf(files, index);
        files[path][offset + 20] ^= 1;

        var fault = await AuditAsync(files);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, path, index, index), ShapeOf(fault));
        Assert.Contains($"entry {index} ", fault!.Refusal.Message, StringComparison.Ordinal);
        Assert.Contains("was logged", fault.Refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(699)]
    public async Task AdvanceAsync_HashOfAnEntryChanged_NamesItAndItsTile(int index)
    {
        var files = Tree.Export();
        var path = TileLayout.TileAt(700, 0, index / 256).Path;
        files[path][32 * (index % 256)] ^= 1;

        var fault = await AuditAsync(files);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, path, index, index), ShapeOf(fault));
    }

    [Fact]
    public async Task AdvanceAsync_HashOfATileChanged_NamesTheEntriesBelow()
    {
        var files = Tree.Export();
        files["tile/1/000.p/2"][32 + 5] ^= 1;

        var fault = await AuditAsync(files);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, "tile/1/000.p/2", 256, 511), ShapeOf(fault));
    }

    [Fact]
    public async Task AdvanceAsync_EntryChangedWithItsHash_NamesTheEntriesOfTheTile()
    {
        var files = Tree.Export();
        var (path, offset) = PlaceOf(files, 100);
        files[path][offset + 20] ^= 1;
        var size = BinaryPrimitives.ReadUInt16BigEndian(files[path].AsSpan(offset));
        LogHash.Leaf(files[path].AsSpan(offset + 2, size)).CopyTo(files["tile/0/000"].AsSpan(32 * 100));

        var fault = await AuditAsync(files);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, "tile/1/000.p/2", 0, 255), ShapeOf(fault));
    }

    [Fact]
    public async Task AdvanceAsync_WholeTreeWrittenAgain_DoesNotLeadToTheRoot()
    {
        var forged = new MemoryTree(SampleEntries.Many(700).Select((entry, i) => i == 3 ? entry[1..] : entry));

        var fault = await new TreeAudit(forged, RightEdge.Empty()).AdvanceAsync(700, Tree.Root, null, default);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, "checkpoint", 0, 699), ShapeOf(fault));
    }

    [Fact]
    public async Task AdvanceAsync_KnownEntryWrittenAgain_IsNamed()
    {
        // The whole tree fits together and leads to the new root, but is not the tree that was known.
        var forged = new MemoryTree(SampleEntries.Many(700).Select((entry, i) => i == 520 ? entry[1..] : entry));
        var audit = new TreeAudit(forged, (await RightEdge.LoadAsync(Tree, 600, default)).Value);

        var fault = await audit.AdvanceAsync(700, forged.Root, null, default);

        Assert.Equal(
            new TreeFaultShape(RefusalCode.RootWrong, "tile/entries/002.p/188", 520, 520), ShapeOf(fault));
        Assert.Equal(600, audit.Size);
    }

    [Fact]
    public async Task AdvanceAsync_KnownHashWrittenAgain_IsNamed()
    {
        var files = Tree.Export();
        files["tile/0/002.p/188"][32 * 8] ^= 1;
        var audit = new TreeAudit(new ExportedTree(files), (await RightEdge.LoadAsync(Tree, 600, default)).Value);

        var fault = await audit.AdvanceAsync(700, Tree.Root, null, default);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, "tile/0/002.p/188", 520, 520), ShapeOf(fault));
    }

    [Fact]
    public async Task AdvanceAsync_KnownEntryBeforeTheEdgeWrittenAgain_DoesNotLeadToTheRoot()
    {
        var forged = new MemoryTree(SampleEntries.Many(700).Select((entry, i) => i == 3 ? entry[1..] : entry));
        var audit = new TreeAudit(forged, (await RightEdge.LoadAsync(Tree, 600, default)).Value);

        var fault = await audit.AdvanceAsync(700, forged.Root, null, default);

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, "checkpoint", 0, 699), ShapeOf(fault));
    }

    [Fact]
    public async Task AdvanceAsync_FileMissingOrOfAnotherSize_IsNamed()
    {
        foreach (var path in Tree.Export().Keys)
        {
            var files = Tree.Export();
            files.Remove(path);
            var missing = await AuditAsync(files);
            files[path] = [.. Tree.Export()[path], 0];
            var longer = await AuditAsync(files);
            files[path] = Tree.Export()[path][..^1];
            var shorter = await AuditAsync(files);

            Assert.Equal((RefusalCode.TileMissing, path), (missing!.Refusal.Code, missing.Path));
            Assert.Equal((RefusalCode.TileMalformed, path), (longer!.Refusal.Code, longer.Path));
            Assert.Equal((RefusalCode.TileMalformed, path), (shorter!.Refusal.Code, shorter.Path));
        }
    }

    [Fact]
    public async Task AdvanceAsync_VisitorRefuses_StopsThereAndKnowsNothingNew()
    {
        var audit = new TreeAudit(Tree, RightEdge.Empty());
        var refusal = new Refusal(RefusalCode.EntryTimeWrong, "No.");

        var fault = await audit.AdvanceAsync(700, Tree.Root, (index, _) => index == 300 ? refusal : null, default);

        Assert.Equal(
            new TreeFaultShape(RefusalCode.EntryTimeWrong, "tile/entries/001", 300, 300), ShapeOf(fault));
        Assert.Equal(0, audit.Size);
        Assert.Null(await audit.AdvanceAsync(700, Tree.Root, null, default));
    }

    [Fact]
    public async Task AdvanceAsync_SmallerTree_Throws()
    {
        var audit = new TreeAudit(Tree, RightEdge.Empty());
        await audit.AdvanceAsync(10, (await RightEdge.LoadAsync(Tree, 10, default)).Value.Root(), null, default);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await audit.AdvanceAsync(9, Tree.Root, null, default));
    }

    [Fact]
    public async Task AdvanceAsync_SameSizeAndAnotherRoot_IsAFault()
    {
        var audit = new TreeAudit(Tree, RightEdge.Empty());
        Assert.Null(await audit.AdvanceAsync(700, Tree.Root, null, default));

        Assert.Null(await audit.AdvanceAsync(700, Tree.Root, null, default));
        var fault = await audit.AdvanceAsync(700, LogHash.Empty, null, default);

        Assert.Equal("checkpoint", fault!.Path);
    }

    [Fact]
    public async Task CheckBundleAsync_EachBundleOfATree_IsRight()
    {
        for (var index = 0; index < 3; index++)
        {
            Assert.Null(await TreeAudit.CheckBundleAsync(Tree, index, 700, Tree.Root, default));
        }

        Assert.Null(await TreeAudit.CheckBundleAsync(
            TlogVectors.Tree, 255, 70_000, TlogVectors.Roots[70_000], default));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(260)]
    [InlineData(690)]
    public async Task CheckBundleAsync_EntryChangedInAnyWay_IsFound(int index)
    {
        var files = Tree.Export();
        var (path, offset) = PlaceOf(files, index);
        files[path][offset + 20] ^= 1;
        var plain = await CheckAsync();
        var size = BinaryPrimitives.ReadUInt16BigEndian(files[path].AsSpan(offset));
        var tile = TileLayout.TileAt(700, 0, index / 256);
        LogHash.Leaf(files[path].AsSpan(offset + 2, size)).CopyTo(files[tile.Path].AsSpan(32 * (index % 256)));
        var withItsHash = await CheckAsync();

        Assert.Equal(new TreeFaultShape(RefusalCode.RootWrong, path, index, index), ShapeOf(plain));
        Assert.Equal(
            new TreeFaultShape(RefusalCode.RootWrong, path, tile.FirstEntry, tile.FirstEntry + tile.Width - 1),
            ShapeOf(withItsHash));

        ValueTask<TreeFault?> CheckAsync() =>
            TreeAudit.CheckBundleAsync(new ExportedTree(files), index / 256, 700, Tree.Root, default);
    }

    [Fact]
    public async Task CheckBundleAsync_SourceThatAnswersOtherwiseTheSecondTime_IsFound()
    {
        // First a forged bundle with the tile that fits it, then the true tile, which leads to the root.
        var files = Tree.Export();
        var (path, offset) = PlaceOf(files, 260);
        files[path][offset + 20] ^= 1;
        var size = BinaryPrimitives.ReadUInt16BigEndian(files[path].AsSpan(offset));
        var tile = TileLayout.TileAt(700, 0, 1);
        LogHash.Leaf(files[path].AsSpan(offset + 2, size)).CopyTo(files[tile.Path].AsSpan(32 * (260 % 256)));

        var fault = await TreeAudit.CheckBundleAsync(
            new FickleSource(new ExportedTree(files), Tree, tile), 1, 700, Tree.Root, default);

        Assert.NotNull(fault);
        Assert.Equal(RefusalCode.RootWrong, fault.Refusal.Code);
    }

    private static ValueTask<TreeFault?> AuditAsync(Dictionary<string, byte[]> files) =>
        new TreeAudit(new ExportedTree(files), RightEdge.Empty()).AdvanceAsync(700, Tree.Root, null, default);

    /// <summary>Finds the length of an entry in its bundle.</summary>
    private static (string Path, int Offset) PlaceOf(Dictionary<string, byte[]> files, int index)
    {
        var path = TileLayout.BundleAt(700, index / 256).Path;
        var offset = 0;
        for (var i = 0; i < index % 256; i++)
        {
            Assert.True(EntryBundle.TryTake(files[path], ref offset, out _));
        }

        return (path, offset);
    }

    private static TreeFaultShape? ShapeOf(TreeFault? fault) =>
        fault is null ? null : new(fault.Refusal.Code, fault.Path, fault.FirstIndex, fault.LastIndex);

    /// <summary>Shows one tile of a false tree the first time, and of the true one from then on.</summary>
    private sealed class FickleSource(ITileSource first, ITileSource then, TileId fickle) : ITileSource
    {
        private bool _isAsked;

        public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
        {
            var source = id != fickle || _isAsked ? then : first;
            _isAsked |= id == fickle;
            return source.ReadTileAsync(id, cancellationToken);
        }

        public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
            first.ReadBundleAsync(id, cancellationToken);
    }

    private sealed record TreeFaultShape(RefusalCode Code, string Path, long First, long Last);
}
