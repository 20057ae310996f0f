using CbssReturn.AuditLog;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task AdoptEntries_OfAMirror_PutsTheOwnTailBehindThem()
    {
        var log = await GrowAsync(300);
        var subject = Sample.NewId();
        var local = Sample.Audit();
        var packet = Sample.OfPacket(AuditEvent.PacketSent, subject);
        await TestLog.AppendAsync(Store, 1, () => local);
        await TestLog.AppendAsync(Store, 1, () => packet);
        await log.IntegrateAllAsync(pads: 2);
        var (waiting, notice) = ((await TestLog.AppendAsync(Store, 1))[0], Sample.Audit());
        var received = Sample.OfPacket(AuditEvent.PacketReceived) with { Detail = null };
        var mirrored = Enumerable.Range(0, 270).Select(_ => TestLog.Pad()).Append(received.ToEntry().ToBytes());

        Assert.True(await AdoptAsync(log, 300, [.. mirrored], notice));

        Assert.Equal(571, (await Log.GetAuditHeadAsync(default)).Size);
        await TestLog.AssertSoundAsync(Log);
        Assert.Equal(received.ToEntry().ToBytes(), (await Log.ReadEntriesAsync(570, 1, default))[0].ToArray());
        Assert.True(await Log.IsLostTagAsync(received.Tag, default));
        Assert.False(await Log.IsLostTagAsync(packet.Tag, default));
        Assert.Null(await Log.GetDetailAsync(300, default));
        Assert.Null(await Log.GetPlaceAsync(subject, default));
        StoreAssert.Same(
            new[] { local, packet, waiting, notice }.Select(row => row with
            {
                Sequence = 0,
                Peer = row.Peer.IsEmpty ? new byte[16] : row.Peer,
                Handle = row.Handle.IsEmpty ? new byte[16] : row.Handle,
            }),
            (await Store.ReadAuditIntakeAsync(0, 10, default)).Select(row => row with { Sequence = 0 }));

        var next = await TestLog.BeginAsync(Log);
        await next.IntegrateAllAsync();
        Assert.Equal(572, await Log.GetPlaceAsync(subject, default));
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task AdoptEntries_WithNothingThatWaits_KeepsTheOrder()
    {
        var log = await GrowAsync(4);
        var rows = await TestLog.AppendAsync(Store, 3);
        await log.IntegrateAllAsync();

        Assert.True(await AdoptAsync(log, 4, [TestLog.Pad()]));

        Assert.Equal(
            rows.Select(row => row.DetailDigest),
            (await Log.ReadWaitingAsync(10, default)).Select(row => row.DetailDigest));
    }

    [Fact]
    public async Task AdoptEntries_WhenADetailOfTheTailWasErased_DropsBothEntries()
    {
        var log = await GrowAsync(4);
        var rows = await TestLog.AppendAsync(Store, 2);
        await log.IntegrateAllAsync();
        await Store.CommitAsync(
            new NodeTransaction(
                "retention",
                new EraseDetail(4, rows[0].DetailDigest!.Value),
                new AppendAuditIntake(Sample.Erased(4, rows[0].DetailDigest!.Value))),
            default);
        await log.IntegrateAllAsync();

        Assert.True(await AdoptAsync(log, 4, [TestLog.Pad()]));

        Assert.Equal(
            rows[1].DetailDigest, Assert.Single(await Log.ReadWaitingAsync(10, default)).DetailDigest);
    }

    [Fact]
    public async Task AdoptEntries_BehindARecordedCheckpoint_IsRefusedWhenItLiesInTheTail()
    {
        var log = await GrowAsync(4);
        await RecordAsync(log.Head);
        await log.TakeAsync(await log.PrepareAsync(pads: 4));

        Assert.False(await AdoptAsync(log, 3, [TestLog.Pad(), TestLog.Pad()]));
        Assert.True(await AdoptAsync(log, 4, [TestLog.Pad(), TestLog.Pad()]));

        Assert.Equal(6, (await Log.GetAuditHeadAsync(default)).Size);
    }

    [Fact]
    public async Task AdoptEntries_OfAnOlderGenerationOrAnotherSize_IsRefused()
    {
        var older = await GrowAsync(4);
        var log = await TestLog.BeginAsync(Log);

        Assert.False(await AdoptAsync(older, 4, [TestLog.Pad()]));
        await log.TakeAsync(await log.PrepareAsync(pads: 1));
        var stale = new TestLog(Log, log.Head with { Size = 4 });
        Assert.False(await AdoptAsync(stale, 4, [TestLog.Pad()]));
    }

    [Fact]
    public async Task AdoptEntries_OfARowThatStillWaits_TakesItsDetailAndItsPlaceAndLogsItOnce()
    {
        var log = await GrowAsync(4);
        var subject = Sample.NewId();
        var (local, packet, other) = (Sample.Audit(), Sample.OfPacket(AuditEvent.PacketSent, subject), Sample.Audit());
        foreach (var row in new[] { local, packet, other })
        {
            await TestLog.AppendAsync(Store, 1, () => row);
        }

        Assert.True(await AdoptAsync(log, 4, [local.ToEntry().ToBytes(), TestLog.Pad(), packet.ToEntry().ToBytes()]));

        Assert.Equal(
            other.DetailDigest, Assert.Single(await Log.ReadWaitingAsync(10, default)).DetailDigest);
        Assert.Equal(local.DetailDigest, (await Log.GetDetailAsync(4, default))!.Digest);
        Assert.Equal(packet.DetailDigest, (await Log.GetDetailAsync(6, default))!.Digest);
        Assert.Equal(6, await Log.GetPlaceAsync(subject, default));
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task AdoptEntries_ThatSayWhatARowSays_DropsItNowAndLater()
    {
        var log = await GrowAsync(4);
        var lost = Sample.OfPacket(AuditEvent.PacketSent) with { Outcome = AuditOutcome.Done };
        var (again, reopened) = (SaidAgain(), SaidAgain() with { Outcome = AuditOutcome.Pending });
        await TestLog.AppendAsync(Store, 1, () => again);

        Assert.True(await AdoptAsync(log, 4, [lost.ToEntry().ToBytes()]));
        await TestLog.AppendAsync(Store, 1, SaidAgain);
        await TestLog.AppendAsync(Store, 1, () => reopened);

        Assert.Equal(
            reopened.DetailDigest, Assert.Single(await Log.ReadWaitingAsync(10, default)).DetailDigest);

        AuditIntakeRow SaidAgain() => Sample.OfPacket(AuditEvent.PacketSent) with
        {
            Outcome = AuditOutcome.Done,
            Peer = lost.Peer,
            Handle = lost.Handle,
            Tag = lost.Tag,
        };
    }

    private async Task<bool> AdoptAsync(
        TestLog log, long commonSize, IReadOnlyList<byte[]> entries, params AuditIntakeRow[] notices) =>
        await Log.AdoptEntriesAsync(await log.PrepareAdoptionAsync(commonSize, entries, notices), default);
}
