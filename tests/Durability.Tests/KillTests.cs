using CbssReturn.NodeRig;
using Xunit.Abstractions;

namespace CbssReturn.Durability.Tests;

/// <summary>Real nodes, killed at a seeded moment of a 200-packet run: no acknowledged packet is lost, none is
/// delivered twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int PacketsPerRound = 200;
    private const int ShortRounds = 4;
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";
    private const string Waiting = "SELECT count(*) FROM outbox WHERE state = 1";
    private const string Stored = "SELECT count(*) FROM received WHERE state = 1";
    private const string Conversations = "SELECT count(*) FROM conversations";
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
        var inFlight = 0;

        for (var round = 1; round <= Rounds; round++)
        {
            var (killsSender, k) = random.Next(PacketsPerRound);
            inFlight += await RoundAsync(sender, receiver, round, killsSender, k) ? 1 : 0;
        }

        output.WriteLine($"seed {Seed}, {Rounds} rounds of {PacketsPerRound} packets, {inFlight} kills in flight");
        Assert.True(
            inFlight >= (int)(Rounds * 0.9),
            $"only {inFlight} of {Rounds} kills fell while packets were in flight");
    }

    private async Task<bool> RoundAsync(RigNode sender, RigNode receiver, int round, bool killsSender, int k)
    {
        var before = (round - 1) * PacketsPerRound;

        // Everything waits before the receiver is there, so that the kill falls into a full stream.
        await receiver.KillAsync();
        await RigEnquiries.SendAsync(sender, receiver, PacketsPerRound);
        await receiver.StartAsync();
        if (killsSender)
        {
            await sender.UntilAsync(node => node.Count(Delivered) >= before + k, RoundTimeMax);
            await sender.KillAsync();
        }
        else
        {
            await receiver.UntilAsync(node => node.Count(Stored) >= before + k, RoundTimeMax);
            await receiver.KillAsync();
        }

        var waiting = sender.Count(Waiting);
        await (killsSender ? sender : receiver).StartAsync();
        await sender.UntilAsync(node => node.Count(Delivered) == before + PacketsPerRound, RoundTimeMax);
        output.WriteLine($"round {round}: {(killsSender ? "sender" : "receiver")} at {k}, {waiting} in flight");

        Assert.Equal(before + PacketsPerRound, receiver.Count(Stored));
        Assert.Equal(before + PacketsPerRound, receiver.Count(Conversations));
        Assert.Equal(sender.Column(Taken), receiver.Column(Given));
        return waiting > 0;
    }
}
