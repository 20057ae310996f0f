using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    private const string Origin = "log.example.org/lv/0123456789abcdef/1";

    [Fact]
    public async Task CompareAndStoreWitnessed_OfTheExpectedState_Replaces()
    {
        var (first, second) = (Witnessed(0), Witnessed(8));
        Assert.Null(await Log.GetWitnessedAsync(Origin, default));

        Assert.True(await Log.CompareAndStoreWitnessedAsync(null, first, default));
        StoreAssert.Same(first, await Log.GetWitnessedAsync(Origin, default));
        Assert.True(await Log.CompareAndStoreWitnessedAsync((0, first.Root), second, default));

        StoreAssert.Same(second, await Log.GetWitnessedAsync(Origin, default));
        Assert.Null(await Log.GetWitnessedAsync(Origin + "2", default));
    }

    [Fact]
    public async Task CompareAndStoreWitnessed_OfAnotherState_ChangesNothing()
    {
        var stored = Witnessed(4);
        Assert.False(await Log.CompareAndStoreWitnessedAsync((0, stored.Root), stored, default));
        await Log.CompareAndStoreWitnessedAsync(null, stored, default);

        Assert.False(await Log.CompareAndStoreWitnessedAsync(null, Witnessed(8), default));
        Assert.False(await Log.CompareAndStoreWitnessedAsync((3, stored.Root), Witnessed(8), default));
        Assert.False(await Log.CompareAndStoreWitnessedAsync((4, Digest.Of([1])), Witnessed(8), default));

        StoreAssert.Same(stored, await Log.GetWitnessedAsync(Origin, default));
    }

    [Fact]
    public async Task CompareAndStoreWitnessed_OfManyAtOnce_LetsOneThrough()
    {
        var stored = Witnessed(4);
        await Log.CompareAndStoreWitnessedAsync(null, stored, default);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() =>
            Log.CompareAndStoreWitnessedAsync((4, stored.Root), Witnessed(8 + i), default))));

        Assert.Single(answers, true);
    }

    [Fact]
    public async Task CompareAndStoreWitnessed_AgainstTheRules_Throws()
    {
        var next = Witnessed(4);
        ((long, Digest)? Expected, WitnessedLog Next, string Rule)[] calls =
        [
            ((5, next.Root), next, "smaller"),
            ((4, Digest.Of([1])), next, "other root"),
            (null, next with { Origin = "a b" }, "space"),
            (null, next with { Origin = "a+b" }, "plus"),
            (null, next with { Origin = "ä" }, "not ASCII"),
            (null, next with { Origin = new string('a', 256) }, "long"),
            (null, next with { Note = default }, "no note"),
        ];

        foreach (var (expected, cosigned, rule) in calls)
        {
            Assert.True(
                await Record.ExceptionAsync(() => Log.CompareAndStoreWitnessedAsync(expected, cosigned, default))
                    is ArgumentException,
                rule);
        }
    }

    [Fact]
    public async Task StoreMirrored_InSteps_GrowsAndReadsBack()
    {
        var entries = Enumerable.Range(0, 600).Select(_ => TestLog.Pad()).ToArray();
        var note = Sample.Bytes(300);

        Assert.True(await Log.StoreMirroredAsync(Update(entries, 0, 10), default));
        Assert.True(await Log.StoreMirroredAsync(
            Update(entries, 10, 600) with { Checkpoint = new MirroredCheckpoint(600, Digest.Of([1]), note) }, default));

        var update = Update(entries, 0, 600);
        Assert.Equal(new MirroredLog(Origin, 600, update.Root), await Log.GetMirroredAsync(Origin, default));
        Assert.Equal([new MirroredLog(Origin, 600, update.Root)], await Log.ListMirroredAsync(default));
        var audit = new TreeAudit(Log.MirroredTiles(Origin), RightEdge.Empty());
        Assert.Null(await audit.AdvanceAsync(600, update.Root, null, default));
        var checkpoint = await Log.GetMirroredCheckpointAsync(Origin, default);
        StoreAssert.Same(new MirroredCheckpoint(600, Digest.Of([1]), note), checkpoint);
    }

    [Fact]
    public async Task MirroredTiles_NarrowerThanHeld_GiveTheStart()
    {
        var entries = Enumerable.Range(0, 300).Select(_ => TestLog.Pad()).ToArray();
        await Log.StoreMirroredAsync(Update(entries, 0, 300), default);
        var tiles = Log.MirroredTiles(Origin);

        var bundle = await tiles.ReadBundleAsync(new BundleId(0, 7), default);

        Assert.Equal(entries[..7], EntryBundle.Parse(bundle!.Value, 7).Value.Select(entry => entry.ToArray()));
        Assert.Equal(96, (await tiles.ReadTileAsync(new TileId(0, 1, 3), default))!.Value.Length);
        Assert.Null(await tiles.ReadBundleAsync(new BundleId(1, 45), default));
        Assert.Null(await tiles.ReadTileAsync(new TileId(0, 1, 45), default));
        Assert.Null(await Log.MirroredTiles(Origin + "2").ReadBundleAsync(new BundleId(0, 1), default));
    }

    [Fact]
    public async Task StoreMirrored_OfOtherBytesOrAnotherState_ChangesNothing()
    {
        var entries = Enumerable.Range(0, 20).Select(_ => TestLog.Pad()).ToArray();
        var other = entries.Select((entry, i) => i == 3 ? TestLog.Pad() : entry).ToArray();
        await Log.StoreMirroredAsync(Update(entries, 0, 10), default);

        Assert.False(await Log.StoreMirroredAsync(Update(other, 10, 20), default));
        Assert.False(await Log.StoreMirroredAsync(Update(entries, 0, 20), default));
        Assert.False(await Log.StoreMirroredAsync(
            Update(entries, 10, 10) with { Bundles = [], Tiles = [], Root = Digest.Of([1]) }, default));

        Assert.Equal(10, (await Log.GetMirroredAsync(Origin, default))!.Size);
        Assert.True(await Log.StoreMirroredAsync(Update(entries, 10, 20), default));
    }

    [Fact]
    public async Task StoreMirrored_OfCheckpoints_NeverGoesBackOrTakesAnotherRoot()
    {
        Task<bool> PutAsync(long size, Digest root, byte[] note) => Log.StoreMirroredAsync(
            new MirrorUpdate
            {
                Origin = Origin,
                ExpectedSize = 0,
                NewSize = 0,
                Root = LogHash.Empty,
                Checkpoint = new MirroredCheckpoint(size, root, note),
            },
            default);
        var (one, two) = (Digest.Of([1]), Digest.Of([2]));

        Assert.True(await PutAsync(4, one, [1]));
        Assert.True(await PutAsync(8, one, [2]));
        Assert.True(await PutAsync(8, one, [3, 3]));
        Assert.False(await PutAsync(8, two, [4]));
        Assert.False(await PutAsync(4, one, [5]));

        StoreAssert.Same(
            new[] { new MirroredCheckpoint(4, one, new byte[] { 1 }), new(8, one, new byte[] { 3, 3 }) },
            await Log.ListMirroredCheckpointsAsync(Origin, 0, 10, default));
        Assert.Single(await Log.ListMirroredCheckpointsAsync(Origin, 5, 10, default));
    }

    [Fact]
    public async Task StoreMirrored_AgainstTheRules_Throws()
    {
        var entries = Enumerable.Range(0, 300).Select(_ => TestLog.Pad()).ToArray();
        var good = Update(entries, 0, 300);
        MirrorUpdate[] bad =
        [
            good with { Origin = "" },
            good with { ExpectedSize = 301 },
            good with { NewSize = 299 },
            good with { Bundles = [good.Bundles[1]] },
            good with { Bundles = [good.Bundles[0]] },
            good with { Bundles = [good.Bundles[0], good.Bundles[1] with { Entries = new byte[10] }] },
            good with { Tiles = [] },
            good with { Checkpoint = new MirroredCheckpoint(-1, default, new byte[1]) },
            good with { Checkpoint = new MirroredCheckpoint(1, default, default) },
        ];

        foreach (var update in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.StoreMirroredAsync(update, default));
        }

        Assert.Null(await Log.GetMirroredAsync(Origin, default));
    }

    [Fact]
    public async Task StoreSeen_OfARisingLog_KeepsTheNewest()
    {
        var (four, eight) = (Seen(4, 1), Seen(8, 1));

        Assert.Equal(SeenOutcome.Newest, await Log.StoreSeenAsync(four, default));
        Assert.Equal(SeenOutcome.Newest, await Log.StoreSeenAsync(eight, default));
        Assert.Equal(SeenOutcome.Known, await Log.StoreSeenAsync(four, default));
        Assert.Equal(SeenOutcome.Known, await Log.StoreSeenAsync(Seen(8, 1), default));

        StoreAssert.Same(new[] { eight }, await Log.GetSeenAsync(Origin, default));
        Assert.Empty(await Log.GetSeenAsync(Origin + "2", default));
    }

    [Fact]
    public async Task StoreSeen_OfAnotherRoot_KeepsBothAsEvidenceForGood()
    {
        var (one, other) = (Seen(4, 1), Seen(4, 2));
        await Log.StoreSeenAsync(one, default);

        Assert.Equal(SeenOutcome.Contradiction, await Log.StoreSeenAsync(other, default));
        Assert.Equal(SeenOutcome.Contradiction, await Log.StoreSeenAsync(other, default));
        await Log.StoreSeenAsync(Seen(8, 1), default);

        var seen = await Log.GetSeenAsync(Origin, default);
        Assert.Equal(8, seen[0].Size);
        StoreAssert.Same(
            new[] { one with { IsEvidence = true }, other with { IsEvidence = true } }, seen.Skip(1));
    }

    [Fact]
    public async Task StoreSeen_FirstOfALogIsEvidence_OutlivesTheNext()
    {
        var evidence = Seen(4, 1) with { IsEvidence = true };

        Assert.Equal(SeenOutcome.Contradiction, await Log.StoreSeenAsync(evidence, default));
        Assert.Equal(SeenOutcome.Newest, await Log.StoreSeenAsync(Seen(8, 1), default));

        StoreAssert.Same(new[] { evidence }, (await Log.GetSeenAsync(Origin, default)).Skip(1));
    }

    [Fact]
    public async Task StoreSeen_OfMuchEvidence_KeepsTheFirstOnes()
    {
        await Log.StoreSeenAsync(Seen(4, 0), default);

        for (byte root = 1; root < 40; root++)
        {
            Assert.Equal(
                SeenOutcome.Contradiction, await Log.StoreSeenAsync(Seen(3, root) with { IsEvidence = true }, default));
        }

        var seen = await Log.GetSeenAsync(Origin, default);
        Assert.Equal(1 + StoreLimits.SeenEvidenceMax, seen.Count);
        Assert.Equal(
            Enumerable.Range(0, StoreLimits.SeenEvidenceMax).Select(root => Digest.Of([(byte)root])),
            seen.Skip(1).Select(checkpoint => checkpoint.Root));
    }

    private static WitnessedLog Witnessed(long size) =>
        new(Origin, size, Digest.Of(Sample.Bytes(8)), Sample.Bytes(200));

    private static SeenCheckpoint Seen(long size, byte root) =>
        new(Origin, size, Digest.Of([root]), Sample.Bytes(200));

    private static MirrorUpdate Update(byte[][] entries, int from, int to)
    {
        var edge = RightEdge.Empty();
        foreach (var entry in entries[..from])
        {
            edge.Append(LogHash.Leaf(entry));
        }

        edge.TakeChanged();
        foreach (var entry in entries[from..to])
        {
            edge.Append(LogHash.Leaf(entry));
        }

        return new MirrorUpdate
        {
            Origin = Origin,
            ExpectedSize = from,
            NewSize = to,
            Root = edge.Root(),
            Tiles = edge.TakeChanged(),
            Bundles =
            [
                .. TileLayout.Bundles(to).Where(id => id.FirstEntry + id.Width > from).Select(id => new MirroredBundle(
                    id,
                    EntryBundle.Encode([.. entries.Skip((int)id.FirstEntry).Take(id.Width)
                        .Select(entry => (ReadOnlyMemory<byte>)entry)]))),
            ],
        };
    }
}
