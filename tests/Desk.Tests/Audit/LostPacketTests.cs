using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>Packets of a time that a node has lost: it was restored from an old copy and has its log back.</summary>
public sealed class LostPacketTests : IAsyncLifetime
{
    private const string Log = "log.example/se/1/1";

    private TestNetwork _network = null!;  // set before any test runs

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Receive_APacketThatWasReceivedBeforeTheRollback_IsNotTakenInAgain()
    {
        var node = _network.Receiver;
        await CloseAsync(node);
        var backup = await node.SaveAsync();
        await _network.QueueAsync();
        var packet = Assert.Single(await _network.Origin.Services.Dispatch.ClaimAsync(node.Id, 256, default));
        Assert.IsType<DeliveryAnswer.Receipted>(
            await node.Services.Receive.ReceiveAsync(packet.Envelope, _network.Origin.Id, default));
        var lost = await CloseAsync(node);
        await node.RestoreAsync(backup);
        await AdoptAsync(node, lost);
        var before = await node.Audit.CountAuditIntakeAsync(default);

        var answer = await node.Services.Receive.ReceiveAsync(packet.Envelope, _network.Origin.Id, default);

        Assert.IsType<DeliveryAnswer.KeyGone>(answer);
        Assert.Equal(before, await node.Audit.CountAuditIntakeAsync(default));
        Assert.Empty((await node.Services.List.ListAsync(node.Caseworker, null, default)).Value);
    }

    [Fact]
    public async Task Settle_APacketThatWasClosedBeforeTheRollback_IsNotClosedInTheLogAgain()
    {
        var node = _network.Origin;
        await _network.QueueAsync();
        await CloseAsync(node);
        var backup = await node.SaveAsync();
        await _network.CarryAllAsync();
        var lost = await CloseAsync(node);
        await node.RestoreAsync(backup);
        await AdoptAsync(node, lost);

        await _network.CarryAllAsync();
        var now = await CloseAsync(node);

        Assert.Equal(
            [AuditOutcome.Pending, AuditOutcome.Done],
            now.Where(entry => entry.Event == AuditEvent.PacketSent).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Send_AfterARollback_UsesNoNumberAgainThatThePeerHas()
    {
        var node = _network.Origin;
        var referral = await _network.AcceptAsync(Category.Movement);
        var backup = await node.SaveAsync();
        Assert.True((await _network.MoveAsync(referral.Here, WireSections.Movement())).IsOk);
        await _network.CarryAllAsync();
        var had = (await _network.Receiver.ShowAsync(referral.There)).File.Packets.Count(packet => packet.Incoming);
        await node.RestoreAsync(backup);
        var (asks, tells) = (
            new CatchUpSequences(node.Services.Node), new CatchUpSequences(_network.Receiver.Services.Node));
        var ids = await asks.ConversationsAsync(_network.Receiver.Id, default);

        var highest = await tells.TellAsync(ids, node.Id, default);
        Assert.Equal(1, await asks.TakeAsync(_network.Receiver.Id, ids, highest, default));
        Assert.Equal(0, await asks.TakeAsync(_network.Receiver.Id, ids, highest, default));
        Assert.Equal((ulong)had + 1, (await node.ShowAsync(referral.Here)).File.NextSequence);
        Assert.True((await _network.MoveAsync(referral.Here, WireSections.Movement())).IsOk);

        var sent = (await node.ShowAsync(referral.Here)).File.Packets.Last(packet => !packet.Incoming);
        Assert.Equal((ulong)had + 1, sent.Sequence);
    }

    private async Task<IReadOnlyList<LogEntry>> CloseAsync(TestNode node)
    {
        using var sequencer = new AuditSequencer(node.Audit, new AuditPads(node.Keys, Log));
        Assert.True((await sequencer.BeginAsync(default)).IsOk);
        var checkpoint = (await sequencer.CloseIntervalAsync(_network.Now, default)).Value;
        return
        [
            .. (await node.Audit.ReadEntriesAsync(0, (int)checkpoint.Size, default))
                .Select(bytes => LogEntry.Parse(bytes.Span).Value),
        ];
    }

    private static async Task AdoptAsync(TestNode node, IReadOnlyList<LogEntry> lost)
    {
        using var sequencer = new AuditSequencer(node.Audit, new AuditPads(node.Keys, Log));
        var head = (await sequencer.BeginAsync(default)).Value;
        var recorded = (await node.Audit.GetNewestCheckpointAsync(isSigned: false, default))!.Size;
        List<ReadOnlyMemory<byte>> entries = [.. lost.Select(entry => (ReadOnlyMemory<byte>)entry.ToBytes())];
        var edge = RightEdge.Empty();
        entries.ForEach(entry => edge.Append(LogHash.Leaf(entry.Span)));
        Assert.True(head.Size >= recorded);
        await node.Audit.SetAuditLogStateAsync(AuditLogState.RolledBack, default);
        Assert.True((await sequencer.AdoptAsync(
            recorded, entries[(int)recorded..], edge.Root(), [], default)).IsOk);
        await node.Audit.SetAuditLogStateAsync(AuditLogState.Signing, default);
    }
}
