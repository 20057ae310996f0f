using System.Diagnostics;
using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Bench.Audit;

/// <summary>Many producers commit small business transactions, each with its intake row; one sequencer moves the rows
/// into the tree. Counted is what is durable in the tree, with its tiles and details.</summary>
internal sealed class AppendBench(int appends, int producers)
{
    // What Desk seals: a detail of 512 bytes and what sealing adds.
    private const int CiphertextSizeBytes = 512 + SealedContent.OverheadSizeBytes;

    // Drawing random bytes is the sealing's work, not the log's.
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(1 << 20);

    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 20, 0, TimeSpan.Zero);

    public async Task<AppendResult> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cbss-bench-audit-");
        try
        {
            var path = Path.Combine(folder.FullName, "node.db");
            using var keys = Keystore.Create(Path.Combine(folder.FullName, "keystore"), "of the bench"u8).Value;
            await using var store = (await SqliteNodeStore.OpenAsync(path, TimeProvider.System)).Value;
            using var sequencer = new AuditSequencer(store, new AuditPads(keys, "log.example/bench"));
            _ = (await sequencer.BeginAsync(default)).Value;

            await RunAsync(store, sequencer, appends / 10);  // warms up; not counted
            var result = await RunAsync(store, sequencer, appends);
            var floor = new AppendFloor(folder.FullName, appends, CiphertextSizeBytes);
            return result with { FileFloor = floor.RunFile(), SqliteFloor = floor.RunSqlite() };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<AppendResult> RunAsync(SqliteNodeStore store, AuditSequencer sequencer, int count)
    {
        var from = (await store.GetAuditHeadAsync(default)).Size;
        var latencies = new double[count];
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var drained = Task.Run(() => DrainAsync(store, sequencer, from + count));
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Run(async () =>
        {
            var key = $"bench.{producer}";
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var began = Stopwatch.GetTimestamp();
                await store.CommitAsync(
                    new NodeTransaction("bench", new PutMeta(key, new byte[16]), new AppendAuditIntake(Row(i))),
                    default);
                latencies[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        var committed = Stopwatch.GetElapsedTime(start);
        await drained;
        var integrated = Stopwatch.GetElapsedTime(start);
        processor = Environment.CpuUsage.TotalTime - processor;
        Array.Sort(latencies);
        return new AppendResult(
            count,
            processor.TotalMicroseconds / count,
            count / committed.TotalSeconds,
            count / integrated.TotalSeconds,
            latencies[count / 2],
            latencies[(int)(count * 0.99)]);
    }

    private static async Task DrainAsync(SqliteNodeStore store, AuditSequencer sequencer, long size)
    {
        for (var moved = 0L; (await store.GetAuditHeadAsync(default)).Size < size;)
        {
            await store.WaitForAuditIntakeAsync(default);
            moved += (await sequencer.DrainAsync(default)).Value;
        }
    }

    private AuditIntakeRow Row(int number) => AuditIntakeRow.Local(
        AuditOutcome.Done,
        At,
        Digest.FromBytes(Some(number, Digest.SizeBytes)),
        new SealedContent(
            20514, Some(number, SealedContent.WrappedKeySizeBytes), Some(number, CiphertextSizeBytes)));

    private byte[] Some(int number, int count) => _random.AsSpan(number % (_random.Length - count), count).ToArray();
}
