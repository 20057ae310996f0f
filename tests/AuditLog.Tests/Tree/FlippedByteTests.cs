using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Every byte of an exported tree of 300 entries changed once: refused, with the index named.</summary>
public sealed class FlippedByteTests
{
    private const int Size = 300;
    private const string Origin = "log.example.org/xx/00112233445566778899aabbccddeeff/1";

    private static readonly MemoryTree Tree = new(SampleEntries.Many(Size));
    private static readonly Dictionary<string, byte[]> Honest = Tree.Export();

    [Fact]
    public async Task Export_OfTheTree_IsRightAsItIs()
    {
        Assert.Equal(
            ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"],
            Honest.Keys.Order(StringComparer.Ordinal));
        Assert.Null(await AuditAsync(new ExportedTree(Tree.Export())));
    }

    [Theory]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/001.p/44")]
    public Task Bundle_WithAnyByteChanged_NamesTheEntry(string path)
    {
        // The entry that each byte belongs to, its length included.
        var owners = new List<long>();
        var offset = 0;
        for (var index = BundleId.ParsePath(path).Value.FirstEntry; offset < Honest[path].Length; index++)
        {
            var before = offset;
            Assert.True(EntryBundle.TryTake(Honest[path], ref offset, out _));
            owners.AddRange(Enumerable.Repeat(index, offset - before));
        }

        return ForEachByteAsync(path, (at, fault) =>
        {
            Assert.Equal(path, fault.Path);
            Assert.Equal((owners[at], owners[at]), (fault.FirstIndex, fault.LastIndex));
            Assert.True(fault.Refusal.Code is RefusalCode.RootWrong or RefusalCode.TileMalformed);
        });
    }

    [Theory]
    [InlineData("tile/0/000", 0)]
    [InlineData("tile/0/001.p/44", 256)]
    public Task TileOfHashes_WithAnyByteChanged_NamesTheEntry(string path, long first) =>
        ForEachByteAsync(path, (at, fault) =>
        {
            Assert.Equal(path, fault.Path);
            Assert.Equal((first + (at / 32), first + (at / 32)), (fault.FirstIndex, fault.LastIndex));
            Assert.Equal(RefusalCode.RootWrong, fault.Refusal.Code);
        });

    [Fact]
    public Task TileOfTiles_WithAnyByteChanged_NamesTheEntriesBelow() =>
        ForEachByteAsync("tile/1/000.p/1", (_, fault) =>
        {
            Assert.Equal("tile/1/000.p/1", fault.Path);
            Assert.Equal((0, 255), (fault.FirstIndex, fault.LastIndex));
        });

    [Fact]
    public void Checkpoint_WithAnyByteChanged_IsRefused()
    {
        using var key = NoteKey.FromSeed(new byte[NoteKey.SeedSizeBytes]);
        var log = VerifierKey.OfLog(Origin, key.Public);
        var bytes = CheckpointSigning.Sign(new Checkpoint(Origin, Size, Tree.Root), key).ToBytes();
        Assert.Equal(Tree.Root, CheckpointReader.Read(bytes, log, [], 0).Value.Checkpoint.Root);

        for (var offset = 0; offset < bytes.Length; offset++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[offset] ^= (byte)(1 << bit);
                Assert.False(CheckpointReader.Read(bytes, log, [], 0).IsOk);
                bytes[offset] ^= (byte)(1 << bit);
            }
        }
    }

    private static async Task ForEachByteAsync(string path, Action<int, TreeFault> check) =>
        await Parallel.ForAsync(0, 4, async (part, _) =>
        {
            var source = new ExportedTree(Tree.Export());
            var file = source.Files[path];
            for (var offset = part; offset < file.Length; offset += 4)
            {
                file[offset] ^= (byte)(1 << (offset % 8));
                var fault = await AuditAsync(source);
                file[offset] ^= (byte)(1 << (offset % 8));

                Assert.NotNull(fault);
                check(offset, fault);
            }
        });

    /// <summary>The public verifier, from the first entry to the last.</summary>
    private static ValueTask<TreeFault?> AuditAsync(ExportedTree source) =>
        new TreeAudit(source, RightEdge.Empty()).AdvanceAsync(Size, Tree.Root, null, default);
}
