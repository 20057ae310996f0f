using System.Diagnostics;
using CbssReturn.NodeRig;

namespace CbssReturn.Bench.Delivery;

/// <summary>Two real nodes on this machine, real mTLS, real files: packets drafted, then sealed and queued, then
/// delivered and receipted, each phase timed on its own and the last two together.</summary>
internal sealed class DeliveryBench(int packets)
{
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";
    private const string EnvelopeSize = "SELECT max(body_bytes) FROM outbox";

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(5);

    // Counting costs the cores that are measured; this adds at most a hundredth to a run of some seconds.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task<DeliveryResult> RunAsync(int payloadSizeBytes)
    {
        await using var network = await RigNetwork.CreateAsync(2);
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        await Task.WhenAll(sender.StartAsync(), receiver.StartAsync());
        await sender.AddCaseworkerAsync();
        await sender.UntilAsync(node => node.Count("SELECT count(*) FROM peer_epoch_keys") > 0, TimeMax, Pause);
        var work = await Casework.OpenAsync(sender, receiver, payloadSizeBytes);

        // The first ones warm both processes up; they are not counted.
        await work.SendAsync(await work.DraftAsync(packets / 5));
        await sender.UntilAsync(node => node.Count(Delivered) == packets / 5, TimeMax, Pause);

        Phase("drafting");
        var drafts = await work.DraftAsync(packets);
        Phase("sealing, queueing and delivering");
        var start = Stopwatch.GetTimestamp();
        await work.SendAsync(drafts);
        var queued = Stopwatch.GetElapsedTime(start);
        await sender.UntilAsync(node => node.Count(Delivered) == packets + (packets / 5), TimeMax, Pause);
        var through = Stopwatch.GetElapsedTime(start);

        // Delivery alone: everything waits, then the receiver comes back, cold; its first packets warm it up again.
        Phase("drafting, sealing and queueing while the receiver is away");
        var warmUp = packets / 2;
        drafts = await work.DraftAsync(packets + warmUp);
        await receiver.StopAsync();
        await work.SendAsync(drafts);
        var before = sender.Count(Delivered) + warmUp;
        await receiver.StartAsync();
        await sender.UntilAsync(node => node.Count(Delivered) > before, TimeMax, Pause);
        Phase("delivering");
        var (first, counted) = (Stopwatch.GetTimestamp(), sender.Count(Delivered));
        await sender.UntilAsync(node => node.Count(Delivered) == before + packets, TimeMax, Pause);
        var delivery = (before + packets - counted) / Stopwatch.GetElapsedTime(first).TotalSeconds;
        return new DeliveryResult(
            payloadSizeBytes,
            (int)sender.Count(EnvelopeSize),
            packets,
            packets / queued.TotalSeconds,
            packets / through.TotalSeconds,
            delivery);
    }

    private static void Phase(string what) => Console.Error.WriteLine(what);
}
