using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;
using CsCheck;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Two sequencers on one store, in every order of their steps. Invariants: who began earlier never changes
/// anything again; each row gets into the tree once and in order; a size has one root for ever; head, tiles and entries
/// are of one tree after every step.</summary>
public sealed class AuditRaceTests
{
    private enum Move
    {
        Append,
        Begin,
        Prepare,
        Take,
        Record,
    }

    private static readonly Gen<(Move Move, int Who, int Amount)[]> Moves = Gen.Select(
        Gen.Enum<Move>(), Gen.Int[0, 1], Gen.Int[0, 5]).Array[1, 60];

    [Fact]
    public async Task TwoSequencers_InAnyInterleaving_KeepOneLog() =>
        await Moves.SampleAsync(RunAsync, iter: 60, threads: 1);

    [Fact]
    public async Task TwoSequencers_AtOnce_LoseNothing()
    {
        using var folder = new StoreFolder();
        await using var store = await folder.OpenAsync();
        using var ended = new CancellationTokenSource();
        var sequencers = Enumerable.Range(0, 2)
            .Select(_ => Task.Run(() => SequenceAsync(store, ended.Token)))
            .ToArray();

        var rows = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<AuditIntakeRow>();
            for (var i = 0; i < 60; i++)
            {
                mine.AddRange(await TestLog.AppendAsync(store, 1));
            }

            return mine;
        })))).SelectMany(mine => mine).ToList();
        await ended.CancelAsync();
        await Task.WhenAll(sequencers);
        await (await TestLog.BeginAsync(store)).IntegrateAllAsync();

        // Each row once; the rest are pads of a sequencer that found nothing waiting.
        var noted = rows.Select(row => row.DetailDigest!.Value).ToHashSet();
        var logged = (await TestLog.DigestsAsync(store)).Where(noted.Contains).ToList();
        Assert.Equal(rows.Count, logged.Count);
        Assert.Equal(noted, logged.ToHashSet());
        await TestLog.AssertSoundAsync(store);
    }

    private static async Task SequenceAsync(SqliteNodeStore store, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            // Each one fences out the other, now and again in the middle of its step.
            var log = await TestLog.BeginAsync(store);
            while (await log.TakeAsync(await PrepareAsync(log)) && !ended.IsCancellationRequested)
            {
            }
        }

        // Of a tree that the other one is changing the edge may not fit together; the store takes nothing of it.
        static async Task<AuditIntegration> PrepareAsync(TestLog log)
        {
            var step = await log.PrepareAsync(max: 3);
            return step.Entries.Count > 0 ? step : await log.PrepareAsync(pads: 1);
        }
    }

    private static async Task RunAsync((Move Move, int Who, int Amount)[] moves)
    {
        using var folder = new StoreFolder();
        await using var store = await folder.OpenAsync();
        var (logs, steps) = (new TestLog?[2], new AuditIntegration?[2]);
        var (appended, signed, newest) = (new List<Digest>(), new Dictionary<long, Digest>(), -1);
        foreach (var (move, who, amount) in moves)
        {
            switch (move)
            {
                case Move.Append:
                    appended.AddRange(
                        (await TestLog.AppendAsync(store, amount)).Select(row => row.DetailDigest!.Value));
                    break;
                case Move.Begin:
                    (logs[who], steps[who], newest) = (await TestLog.BeginAsync(store), null, who);
                    break;
                case Move.Prepare when logs[who] is { } log && await IsReadableAsync(store, log):
                    steps[who] = await log.PrepareAsync(max: amount + 1, pads: amount / 2);
                    break;
                case Move.Take when steps[who] is { Entries.Count: > 0 } step:
                    var isOfHead = (await store.GetAuditHeadAsync(default)).Size == step.ExpectedSize;
                    Assert.Equal(who == newest && isOfHead, await logs[who]!.TakeAsync(step));
                    break;
                case Move.Record when logs[who] is { Head: var head }:
                    var mayBe = head == await store.GetAuditHeadAsync(default);
                    Assert.Equal(mayBe, await store.RecordCheckpointAsync(
                        head.Size, head.Root, Sample.Now, head.Generation, default));
                    Assert.True(!mayBe || signed.TryAdd(head.Size, head.Root) || signed[head.Size] == head.Root);
                    break;
                default:
                    break;
            }
        }

        await TestLog.AssertSoundAsync(store);
        await (await TestLog.BeginAsync(store)).IntegrateAllAsync();
        await TestLog.AssertSoundAsync(store);
        Assert.Equal(appended, (await TestLog.DigestsAsync(store)).Where(appended.Contains));
        foreach (var (size, root) in signed)
        {
            Assert.Equal(root, (await store.GetCheckpointAsync(size, default))!.Root);
        }
    }

    // A sequencer that was fenced out knows a head that the tiles have grown past; only the start of them is its own.
    private static async Task<bool> IsReadableAsync(SqliteNodeStore store, TestLog log) =>
        (await store.GetAuditHeadAsync(default)).Size >= log.Head.Size;
}
