using CbssReturn.NodeRig;
using Xunit.Abstractions;

namespace CbssReturn.Durability.Tests;

/// <summary>Real nodes, killed at a seeded moment of a 200-packet run: no acknowledged packet is lost, none is
/// delivered twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int PacketsPerRound = 200;

    // The stream goes on behind the 200th packet, or a kill at the 199th would often fall after all is done.
    private const int PacketsBehind = 40;
    private const int ShortRounds = 4;
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";
    private const string Waiting = "SELECT count(*) FROM outbox WHERE state = 1";
    private const string Outbox = "SELECT count(*) FROM outbox";
    private const string Stored = "SELECT count(*) FROM received WHERE state = 1";
    private const string Conversations = "SELECT count(*) FROM conversations";
    private const string DeliveredIds = "SELECT lower(hex(row_id)) FROM outbox WHERE state = 2";
    private const string Given = "SELECT hex(receipt_record || receipt_signature) FROM received ORDER BY packet_id";
    private const string Taken =
        "SELECT hex(receipt_record || receipt_signature) FROM outbox WHERE state = 2 ORDER BY packet_id";

    private static readonly TimeSpan RoundTimeMax = TimeSpan.FromMinutes(2);

    // CBSS_KILL_ROUNDS and CBSS_KILL_SEED choose a longer run, or repeat one.
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("CBSS_KILL_ROUNDS"), out var rounds) ? rounds : ShortRounds;

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("CBSS_KILL_SEED"), out var seed) ? seed : 20261124;

    [Fact]
    public async Task Delivery_KilledAtAnyMoment_LosesNothingAndDoublesNothing()
    {
        await using var network = await RigNetwork.CreateAsync(2);
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        await Task.WhenAll(sender.StartAsync(), receiver.StartAsync());
        await sender.AddCaseworkerAsync();
        await sender.UntilAsync(node => node.Count("SELECT count(*) FROM peer_epoch_keys") > 0, RoundTimeMax);
        var random = new SeededMoments(Seed);
        var queued = new List<string>();
        var inFlight = 0;

        for (var round = 1; round <= Rounds; round++)
        {
            var (killsSender, k) = random.Next(PacketsPerRound);
            var waiting = await RoundAsync(sender, receiver, queued, killsSender, k);
            inFlight += waiting > 0 ? 1 : 0;
            output.WriteLine($"round {round}: {(killsSender ? "sender" : "receiver")} at {k}, {waiting} in flight");
        }

        output.WriteLine($"seed {Seed}, {Rounds} rounds of {PacketsPerRound} packets, {inFlight} kills in flight");
        Assert.True(inFlight >= Rounds * 0.9, $"only {inFlight} of {Rounds} kills fell while packets were in flight");
    }

    /// <summary>Sends, kills one of the two while packets are on their way, and starts it again.</summary>
    /// <returns>How many packets were in flight.</returns>
    private static async Task<long> RoundAsync(
        RigNode sender, RigNode receiver, List<string> queued, bool killsSender, int k)
    {
        var (victim, counted) = killsSender ? (sender, Delivered) : (receiver, Stored);
        var before = victim.Count(counted);
        var sending = RigEnquiries.SendAsync(sender, receiver, PacketsPerRound + PacketsBehind);
        await victim.UntilAsync(node => node.Count(counted) >= before + k, RoundTimeMax);
        await victim.KillAsync();
        var waiting = sender.Count(Waiting);
        queued.AddRange(await sending);
        await victim.StartAsync();
        await sender.UntilAsync(node => node.Count(Waiting) == 0, RoundTimeMax);

        // None that was said to be queued is lost; none came twice; both sides hold the same receipts.
        Assert.Empty(queued.Except(sender.Column(DeliveredIds)));
        Assert.Equal(sender.Count(Delivered), receiver.Count(Stored));
        Assert.Equal(sender.Count(Delivered), sender.Count(Outbox));
        Assert.Equal(sender.Count(Delivered), receiver.Count(Conversations));
        Assert.Equal(sender.Column(Taken), receiver.Column(Given));
        return waiting;
    }
}
