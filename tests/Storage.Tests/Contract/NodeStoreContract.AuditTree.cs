using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task GetAuditHead_OfAnEmptyStore_IsTheEmptyTree() =>
        Assert.Equal(new AuditHead(0, LogHash.Empty, 0), await Log.GetAuditHeadAsync(default));

    [Fact]
    public async Task BeginGeneration_EachTime_AddsOneAndLeavesTheTree()
    {
        var log = await TestLog.BeginAsync(Log);
        await log.TakeAsync(await log.PrepareAsync(pads: 3));

        var next = await Log.BeginGenerationAsync(default);

        Assert.Equal(1, log.Head.Generation);
        Assert.Equal(log.Head with { Generation = 2 }, next);
        Assert.Equal(next, await Log.GetAuditHeadAsync(default));
    }

    [Fact]
    public async Task Integrate_OfWhatWaits_MovesEntriesDetailsAndPlaces()
    {
        var subject = Sample.NewId();
        var local = Sample.Audit();
        var packet = Sample.OfPacket(AuditEvent.PacketReceived, subject);
        var erased = Sample.Erased(0, local.DetailDigest!.Value);
        await TestLog.AppendAsync(Store, 1, () => local);
        await TestLog.AppendAsync(Store, 1, () => packet);
        await TestLog.AppendAsync(Store, 1, () => erased);
        var log = await TestLog.BeginAsync(Log);

        Assert.True(await log.TakeAsync(await log.PrepareAsync(pads: 1)));

        var entries = await Log.ReadEntriesAsync(0, 10, default);
        Assert.Equal(
            new[] { local, packet, erased }.Select(row => row.ToEntry().ToBytes()),
            entries.Take(3).Select(entry => entry.ToArray()));
        StoreAssert.Same(
            new AuditDetailRow(0, local.DetailDigest.Value, local.Detail!), await Log.GetDetailAsync(0, default));
        StoreAssert.Same(
            new AuditDetailRow(1, packet.DetailDigest!.Value, packet.Detail!), await Log.GetDetailAsync(1, default));
        Assert.Null(await Log.GetDetailAsync(2, default));
        Assert.Null(await Log.GetDetailAsync(3, default));
        Assert.Equal(1, await Log.GetPlaceAsync(subject, default));
        Assert.Null(await Log.GetPlaceAsync(Sample.NewId(), default));
        Assert.Equal(0, await Log.CountAuditIntakeAsync(default));
        Assert.Equal(log.Head, await Log.GetAuditHeadAsync(default));
        await TestLog.AssertSoundAsync(Log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    public async Task Integrate_InSteps_IsTheSameTreeAsAtOnce(int max)
    {
        var rows = await TestLog.AppendAsync(Store, 600);
        var log = await TestLog.BeginAsync(Log);

        for (var left = rows.Length; left > 0; left -= max)
        {
            Assert.Equal(left, await Log.CountAuditIntakeAsync(default));
            Assert.True(await log.TakeAsync(await log.PrepareAsync(max)));
        }

        Assert.Equal(rows.Select(row => row.DetailDigest!.Value), await TestLog.DigestsAsync(Log));
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task Integrate_OfAnOlderGeneration_ConflictsAndKeepsNothing()
    {
        await TestLog.AppendAsync(Store, 3);
        var older = await TestLog.BeginAsync(Log);
        var step = await older.PrepareAsync();
        var newer = await TestLog.BeginAsync(Log);

        Assert.False(await older.TakeAsync(step));

        Assert.Equal(newer.Head, await Log.GetAuditHeadAsync(default));
        Assert.Equal(3, await Log.CountAuditIntakeAsync(default));
        Assert.Empty(await Log.ReadEntriesAsync(0, 10, default));
    }

    [Fact]
    public async Task Integrate_OfAStepThatWasTaken_Conflicts()
    {
        await TestLog.AppendAsync(Store, 3);
        var log = await TestLog.BeginAsync(Log);
        var step = await log.PrepareAsync();
        await log.TakeAsync(step);

        Assert.False(await log.TakeAsync(step));

        Assert.Equal(3, log.Head.Size);
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task Integrate_OfRowsOfWhichOneIsLeftOut_Conflicts()
    {
        await TestLog.AppendAsync(Store, 3);
        var log = await TestLog.BeginAsync(Log);
        var rows = await Log.ReadWaitingAsync(10, default);
        IntegratedEntry Of(int place) => new(rows[place].ToEntry().ToBytes(), rows[place].Sequence);

        Assert.False(await log.TakeAsync(await log.PrepareAsync([Of(0), Of(2)])));
        Assert.False(await log.TakeAsync(await log.PrepareAsync([Of(1)])));

        Assert.Equal(3, await Log.CountAuditIntakeAsync(default));
        Assert.Null(await Log.GetDetailAsync(0, default));
        Assert.True(await log.TakeAsync(await log.PrepareAsync([Of(0), Of(1)])));
    }

    [Fact]
    public async Task Integrate_OfATileThatSaysOtherwiseThanBefore_Conflicts()
    {
        var log = await TestLog.BeginAsync(Log);
        await log.TakeAsync(await log.PrepareAsync(pads: 3));
        var step = await log.PrepareAsync(pads: 1);
        var tile = step.Tiles.Single();
        tile.Hashes[40] ^= 1;

        Assert.False(await log.TakeAsync(step));

        Assert.Equal(3, (await Log.GetAuditHeadAsync(default)).Size);
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task Integrate_OfTwoEntriesAboutOneRow_RemembersTheNewest()
    {
        var subject = Sample.NewId();
        await TestLog.AppendAsync(Store, 2, () => Sample.OfPacket(AuditEvent.PacketSent, subject));
        var log = await TestLog.BeginAsync(Log);

        await log.IntegrateAllAsync();

        Assert.Equal(1, await Log.GetPlaceAsync(subject, default));
    }

    [Fact]
    public async Task ReadWaiting_OfRows_IsInOrderAndWithoutDetails()
    {
        var subject = Sample.NewId();
        var rows = await TestLog.AppendAsync(
            Store, 3, () => Sample.OfPacket(AuditEvent.PacketSent, subject));

        var waiting = await Log.ReadWaitingAsync(2, default);

        StoreAssert.Same(rows.Take(2).Select((row, i) => row with { Sequence = i + 1, Detail = null }), waiting);
    }

    [Fact]
    public async Task ReadTile_NarrowerThanStored_IsItsStartAndWiderIsNull()
    {
        var log = await TestLog.BeginAsync(Log);
        await log.TakeAsync(await log.PrepareAsync(pads: 260));

        var whole = await Log.Tiles.ReadTileAsync(new TileId(0, 0, 256), default);
        var start = await Log.Tiles.ReadTileAsync(new TileId(0, 0, 10), default);

        Assert.Equal(whole!.Value.ToArray()[..320], start!.Value.ToArray());
        Assert.Equal(32, (await Log.Tiles.ReadTileAsync(new TileId(1, 0, 1), default))!.Value.Length);
        Assert.Null(await Log.Tiles.ReadTileAsync(new TileId(0, 1, 5), default));
        Assert.Null(await Log.Tiles.ReadTileAsync(new TileId(2, 0, 1), default));
    }

    [Fact]
    public async Task ReadBundle_OfEveryWidth_HoldsTheEntries()
    {
        var log = await TestLog.BeginAsync(Log);
        await log.TakeAsync(await log.PrepareAsync(pads: 260));
        var entries = await Log.ReadEntriesAsync(0, 300, default);

        foreach (var id in (BundleId[])[new(0, 256), new(0, 3), new(1, 4)])
        {
            var bundle = await Log.Tiles.ReadBundleAsync(id, default);
            Assert.Equal(
                entries.Skip((int)id.FirstEntry).Take(id.Width).Select(entry => entry.ToArray()),
                EntryBundle.Parse(bundle!.Value, id.Width).Value.Select(entry => entry.ToArray()));
        }

        Assert.Null(await Log.Tiles.ReadBundleAsync(new BundleId(1, 5), default));
    }

    [Fact]
    public async Task WaitForAuditIntake_AfterACommit_EndsAndElseWaits()
    {
        await Log.WaitForAuditIntakeAsync(default);  // rows may be left from before
        var wait = Log.WaitForAuditIntakeAsync(default);
        await Store.CommitAsync(new NodeTransaction(HouseKeeping.Meta, new PutMeta("a", default)), default);
        Assert.False(wait.IsCompleted);

        await TestLog.AppendAsync(Store, 1);

        await wait;
        using var ended = new CancellationTokenSource();
        ended.CancelAfter(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.WaitForAuditIntakeAsync(ended.Token));
    }

    [Fact]
    public async Task Integrate_WithPadsInBetween_GivesEachDetailAndPlaceItsEntry()
    {
        var subject = Sample.NewId();
        var (local, packet) = (Sample.Audit(), Sample.OfPacket(AuditEvent.PacketReceived, subject));
        await TestLog.AppendAsync(Store, 1, () => local);
        await TestLog.AppendAsync(Store, 1, () => packet);
        var log = await TestLog.BeginAsync(Log);
        var rows = await Log.ReadWaitingAsync(10, default);
        var (first, second) = (rows[0], rows[1]);

        Assert.True(await log.TakeAsync(await log.PrepareAsync(
        [
            new IntegratedEntry(TestLog.Pad()),
            new IntegratedEntry(first.ToEntry().ToBytes(), first.Sequence),
            new IntegratedEntry(TestLog.Pad()),
            new IntegratedEntry(second.ToEntry().ToBytes(), second.Sequence, second.Subject),
        ])));

        Assert.Null(await Log.GetDetailAsync(0, default));
        Assert.Equal(local.DetailDigest, (await Log.GetDetailAsync(1, default))!.Digest);
        Assert.Null(await Log.GetDetailAsync(2, default));
        Assert.Equal(packet.DetailDigest, (await Log.GetDetailAsync(3, default))!.Digest);
        Assert.Equal(3, await Log.GetPlaceAsync(subject, default));
        Assert.Equal(0, await Log.CountAuditIntakeAsync(default));
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task Integrate_AgainstTheRules_Throws()
    {
        var log = await TestLog.BeginAsync(Log);
        var good = await log.PrepareAsync([new IntegratedEntry(TestLog.Pad(), 1), new IntegratedEntry(TestLog.Pad())]);
        var pad = new IntegratedEntry(TestLog.Pad());
        AuditIntegration[] bad =
        [
            good with { Generation = 0 },
            good with { ExpectedSize = -1 },
            good with { Entries = [] },
            good with { Entries = [new IntegratedEntry(pad.Entry, 2), new IntegratedEntry(pad.Entry, 1)] },
            good with { Entries = [pad with { Subject = Sample.NewId() }, pad] },
            good with { Entries = [pad, new IntegratedEntry(new byte[114])] },
            good with { Entries = [.. Enumerable.Repeat(pad, AuditIntegration.EntriesMax + 1)] },
            good with { Tiles = [] },
            good with { Tiles = [new Tile(new TileId(0, 0, 3), new byte[96])] },
            good with { Tiles = [new Tile(new TileId(0, 0, 2), new byte[96])] },
        ];

        foreach (var step in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.IntegrateAsync(step, default));
        }

        Assert.Equal(0, (await Log.GetAuditHeadAsync(default)).Size);
    }

    [Fact]
    public async Task ReadEntries_BehindTheEnd_IsEmptyAndOfNegativeIndexThrows()
    {
        Assert.Empty(await Log.ReadEntriesAsync(long.MaxValue, 10, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.ReadEntriesAsync(-1, 10, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.ReadEntriesAsync(0, 0, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Log.ReadEntriesAsync(0, AuditIntegration.EntriesMax + 1, default));
    }

    [Fact]
    public async Task IsLostTag_OfAPacketThatIsStored_IsFalse() =>
        Assert.False(await Log.IsLostTagAsync(Digest.Of([1]), default));
}
