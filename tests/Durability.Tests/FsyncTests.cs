using CbssReturn.NodeRig;

namespace CbssReturn.Durability.Tests;

/// <summary>A receipt says "stored", so the disk must have said so before.</summary>
public sealed class FsyncTests
{
    // A receipt and its frames: 89 + 64 bytes and what HTTP/2 and TLS put around them. Acknowledgements are far
    // smaller.
    private const int ReceiptSizeBytesMin = 180;

    // The server reads an envelope of 18 KiB in pieces of its buffers.
    private const int EnvelopePieceBytesMin = 2000;
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Receipt_UnderTrace_LeavesAfterTheDiskHasThePacket()
    {
        var trace = Path.GetTempFileName();
        await using var network = await RigNetwork.CreateAsync(2);
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        await sender.StartAsync();
        await receiver.StartAsync(
            "strace", "-f", "-y", "-qq",
            "-e", "trace=fdatasync,fsync,recvmsg,recvfrom,read,sendmsg,sendto,write,writev",
            "-e", "signal=none", "-o", trace);
        await sender.AddCaseworkerAsync();
        await sender.UntilAsync(node => node.Count("SELECT count(*) FROM peer_epoch_keys") > 0, TimeMax);

        // The first packet opens the stream and warms everything up; the second one is looked at.
        await RigEnquiries.SendAsync(sender, receiver, 1);
        await sender.UntilAsync(node => node.Count(Delivered) == 1, TimeMax);
        var start = (await File.ReadAllLinesAsync(trace)).Length;
        await RigEnquiries.SendAsync(sender, receiver, 1);
        await sender.UntilAsync(node => node.Count(Delivered) == 2, TimeMax);
        await receiver.StopAsync();
        var calls = SystemCall.Parse((await File.ReadAllLinesAsync(trace))[start..]);
        File.Delete(trace);

        var arrived = calls.LastOrDefault(call => call.IsReceive && call.Result >= EnvelopePieceBytesMin);
        Assert.True(arrived is not null, "the envelope was not seen to arrive");
        var answered = calls.FirstOrDefault(
            call => call.IsSend && call.Start > arrived.End && call.Result >= ReceiptSizeBytesMin);
        Assert.True(answered is not null, "the receipt was not seen to leave");
        Assert.Contains(
            calls, call => call.IsSyncOfLog && call.Start > arrived.End && call.End < answered.Start);
    }
}
