using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Outcomes;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

/// <summary>What others were shown of a log is held against what the auditor knows, whenever it comes.</summary>
public sealed class WatchSeenTests
{
    private readonly FakeTimeProvider _time = new(Sample.At.AddMinutes(5));
    private readonly Gossip _gossip = new();

    [Fact]
    public async Task Watch_CheckpointSeenBeforeTheFirstContact_IsKeptAndCompared()
    {
        var log = MemoryLog.Create(Sample.Origin, 1);
        var rig = await OpenAsync(log);
        _gossip.Notes.Add(Fork(8).Publish().ToBytes());
        await rig.RoundAsync();
        _gossip.Notes.Clear();

        Sample.Grow(log, 12);
        log.Publish();
        await rig.RoundAsync();

        Assert.Equal([$"SPLIT_VIEW critical {log.Origin}"], rig.Said);
        Assert.True(SplitView.Check(rig.Alarms[0].Evidence, log.Key).IsOk);
    }

    [Fact]
    public async Task Watch_TwoCheckpointsAheadOfOneSize_AreASplitViewAtOnce()
    {
        var log = Sample.Log(4);
        var rig = await OpenAsync(log);
        _gossip.Notes.Add(Fork(8).Publish().ToBytes());
        _gossip.Notes.Add(Fork(8, 3).Publish().ToBytes());

        await rig.RoundAsync();

        Assert.Equal([$"SPLIT_VIEW critical {log.Origin}"], rig.Said);
        Assert.True(SplitView.Check(rig.Alarms[0].Evidence, log.Key).IsOk);
    }

    [Fact]
    public async Task Watch_AbsurdSizesOfAStolenKey_PushOutNothing()
    {
        var log = Sample.Log(4);
        var rig = await OpenAsync(log);
        for (var i = 0; i < 20; i++)
        {
            _gossip.Notes.Add(CheckpointSigning.Sign(
                new Checkpoint(log.Origin, long.MaxValue - i, LogHash.Empty), Sample.Key(1)).ToBytes());
        }

        _gossip.Notes.Add(Fork(8).Publish().ToBytes());
        await rig.RoundAsync();
        _gossip.Notes.Clear();
        Sample.Grow(log, 12);
        log.Publish();
        await rig.RoundAsync();

        Assert.Equal([$"SPLIT_VIEW critical {log.Origin}"], rig.Said);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public async Task Watch_TilesWithheldOnce_CheckpointIsComparedAgain(int sizeWhenSeen)
    {
        // This auditor sees hashes only, and at the first comparison not those that would show the other history.
        var log = Sample.Log(sizeWhenSeen);
        var rig = new WatchRig(
            _time,
            parts => parts with { GossipNodes = [_gossip], Logs = [parts.Logs[0] with { HasEntries = false }] },
            log);
        await rig.OpenAsync();
        log.HoldsBack = tile => tile.Width == 8;
        _gossip.Notes.Add(Fork(8).Publish().ToBytes());
        await rig.RoundAsync();
        _gossip.Notes.Clear();
        foreach (var holdsBack in new[] { true, false })
        {
            log.HoldsBack = tile => holdsBack && tile.Width == 8;
            Sample.Grow(log, 12);
            log.Publish();
            await rig.RoundAsync();
        }

        Assert.Equal([$"SPLIT_VIEW critical {log.Origin}"], rig.Said);
    }

    private static MemoryLog Fork(int size, int changed = 1) => Sample.Log(size).Fork(
        size, (index, entry) => index == changed ? Sample.Local(1000, Sample.At).ToBytes() : entry);

    private async Task<WatchRig> OpenAsync(MemoryLog log)
    {
        var rig = new WatchRig(_time, parts => parts with { GossipNodes = [_gossip] }, log);
        await rig.OpenAsync();
        return rig;
    }

    private sealed class Gossip : IAuditNode
    {
        public List<ReadOnlyMemory<byte>> Notes { get; } = [];

        public string Name => "gossip";

        public Task<Result<IReadOnlyList<ReadOnlyMemory<byte>>>> GetSeenCheckpointsAsync(
            string origin, CancellationToken cancellationToken) =>
            Task.FromResult<Result<IReadOnlyList<ReadOnlyMemory<byte>>>>(Notes.ToList());

        public Task<Result<WitnessReply>> AddCheckpointAsync(
            ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<TagPage>> ExchangeTagsAsync(
            string origin, string aboutOrigin, long fromIndex, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
