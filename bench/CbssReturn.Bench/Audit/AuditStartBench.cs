using System.Diagnostics;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.NodeRig;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Bench.Audit;

/// <summary>How long a node takes to start with a long log: from starting the program until it says that it serves,
/// and until it has exported its first new checkpoint.</summary>
internal sealed class AuditStartBench(int entries, int rounds)
{
    private const int BatchSize = 4096;
    private const int CiphertextSizeBytes = 512 + SealedContent.OverheadSizeBytes;
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 20, 0, TimeSpan.Zero);

    /// <summary>Starts the node again and again.</summary>
    /// <returns>Milliseconds until it served: with the log that it had, and with the long one.</returns>
    public async Task<(IReadOnlyList<double> Short, IReadOnlyList<double> Long)> RunAsync()
    {
        await using var network = await RigNetwork.CreateAsync(1);
        var node = network.Nodes[0];
        _ = await StartAsync(node);
        var before = await StartAllAsync(node);
        await FillAsync(node);
        Console.Error.WriteLine($"{node.Count("SELECT size FROM audit_head")} entries");
        return (before, await StartAllAsync(node));
    }

    private async Task<IReadOnlyList<double>> StartAllAsync(RigNode node)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            times.Add(await StartAsync(node));
        }

        return times;
    }

    private static async Task<double> StartAsync(RigNode node)
    {
        var start = Stopwatch.GetTimestamp();
        await node.StartAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await node.StopAsync();
        return took;
    }

    // As the node itself would have written them; the keys of the pads do not matter, since no interval ends here.
    private async Task FillAsync(RigNode node)
    {
        var path = Path.Combine(node.Folder, "node.db");
        var folder = Directory.CreateTempSubdirectory("cbss-bench-start-");
        try
        {
            using var keys = Keystore.Create(Path.Combine(folder.FullName, "keystore"), "of the bench"u8).Value;
            await using var store = (await SqliteNodeStore.OpenAsync(path, TimeProvider.System)).Value;
            using var sequencer = new AuditSequencer(store, new AuditPads(keys, "log.example/bench"));
            _ = (await sequencer.BeginAsync(default)).Value;
            for (var done = 0; done < entries;)
            {
                var batch = Math.Min(BatchSize, entries - done);
                await Task.WhenAll(Enumerable.Range(done, batch).Select(i => store.CommitAsync(
                    new NodeTransaction("bench", new PutMeta("bench", new byte[16]), new AppendAuditIntake(Row(i))),
                    default)));
                done += batch;
                _ = (await sequencer.DrainAsync(default)).Value;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static AuditIntakeRow Row(int number)
    {
        var content = new byte[CiphertextSizeBytes];
        BitConverter.TryWriteBytes(content, number);
        return AuditIntakeRow.Local(
            AuditOutcome.Done,
            At,
            Digest.FromBytes(content.AsSpan(0, Digest.SizeBytes)),
            new SealedContent(20514, content[..SealedContent.WrappedKeySizeBytes], content));
    }
}
