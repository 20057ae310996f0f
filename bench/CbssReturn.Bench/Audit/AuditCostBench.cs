using System.Diagnostics;
using CbssReturn.Bench.Delivery;
using CbssReturn.NodeRig;

namespace CbssReturn.Bench.Audit;

/// <summary>What the audit log costs a delivery: the same packets between two pairs of real nodes, one after the other
/// in turns; the one pair logs, the other is the same program built to put nothing into the log's intake
/// (bench/audit-cost.sh).</summary>
/// <remarks>
/// Timed is a batch from the first call of the desk until the sender holds every receipt; processor time of the two
/// nodes is counted until everything that waits has moved into their trees, half a second later. Making an entry and
/// sealing its detail counts on both sides, everything from the database on only on the one.
/// </remarks>
/// <param name="barePath">The program that logs nothing.</param>
/// <param name="pairs">How many batches of each.</param>
/// <param name="packets">How many packets in a batch.</param>
internal sealed class AuditCostBench(string barePath, int pairs, int packets)
{
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";
    private const string Waiting = "SELECT count(*) FROM audit_intake";

    private const int PayloadSizeBytes = 16 * 1024;

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs the pairs.</summary>
    /// <returns>What each batch took: with the log, and without.</returns>
    public async Task<IReadOnlyList<(BatchCost With, BatchCost Without)>> RunAsync()
    {
        await using var logged = await RigNetwork.CreateAsync(2);
        await using var bare = await RigNetwork.CreateAsync(2);
        foreach (var node in bare.Nodes)
        {
            node.ProgramPath = barePath;
        }

        var (with, without) = (await StartAsync(logged), await StartAsync(bare));
        foreach (var (network, work) in ((RigNetwork, Casework)[])[(logged, with), (bare, without)])
        {
            _ = await TimeAsync(network, work, packets);  // warms the processes up; not counted
        }

        if (bare.Nodes[0].Count("SELECT count(*) FROM audit_entries WHERE length(entry) = 113") > 0)
        {
            throw new InvalidOperationException("The pair that should log nothing has logged a packet.");
        }

        var times = new List<(BatchCost With, BatchCost Without)>();
        for (var pair = 0; pair < pairs; pair++)
        {
            // In turns the one and the other first, so that neither always finds the machine as the other left it.
            var isFirst = pair % 2 == 0;
            var early = isFirst ? await TimeAsync(logged, with, packets) : null;
            var other = await TimeAsync(bare, without, packets);
            times.Add((early ?? await TimeAsync(logged, with, packets), other));
            Console.Error.WriteLine($"{times[^1].With}, {times[^1].Without}");
        }

        return times;
    }

    private static async Task<Casework> StartAsync(RigNetwork network)
    {
        await Task.WhenAll(network.Nodes.Select(node => node.StartAsync()));
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        await sender.AddCaseworkerAsync();
        await sender.UntilAsync(node => node.Count("SELECT count(*) FROM peer_epoch_keys") > 0, TimeMax, Pause);
        return await Casework.OpenAsync(sender, receiver, PayloadSizeBytes);
    }

    private static async Task<BatchCost> TimeAsync(RigNetwork network, Casework work, int count)
    {
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        var drafts = await work.DraftAsync(count);
        await UntilMovedAsync(network);
        var goal = sender.Count(Delivered) + count;
        var processor = network.Nodes.Sum(Processor);
        var start = Stopwatch.GetTimestamp();
        await work.SendAsync(drafts);
        await sender.UntilAsync(node => node.Count(Delivered) == goal, TimeMax, Pause);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await UntilMovedAsync(network);
        return new BatchCost(took, network.Nodes.Sum(Processor) - processor);
    }

    private static async Task UntilMovedAsync(RigNetwork network)
    {
        foreach (var node in network.Nodes)
        {
            await node.UntilAsync(node => node.Count(Waiting) == 0, TimeMax, Pause);
        }
    }

    private static double Processor(RigNode node)
    {
        using var process = Process.GetProcessById(node.ProcessId);
        return process.TotalProcessorTime.TotalMilliseconds;
    }
}
