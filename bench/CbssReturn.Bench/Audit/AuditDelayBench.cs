using System.Collections.Concurrent;
using System.Globalization;
using CbssReturn.Bench.Delivery;
using CbssReturn.NodeRig;

namespace CbssReturn.Bench.Audit;

/// <summary>How long it takes from a packet's commit at the receiver until a signed checkpoint covers its entry, while
/// packets keep coming.</summary>
/// <remarks>The commit's moment is the one that the receiver stored with the packet, taken just before it was
/// committed; the checkpoint's is when its file appeared in the export, which is after it was signed and
/// stored.</remarks>
internal sealed class AuditDelayBench(int intervalMs, int packets)
{
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";
    private const string Places = """
        SELECT received.received_at || ' ' || audit_places.idx FROM received
        JOIN audit_places ON audit_places.row_id = received.row_id
        """;

    private const int PayloadSizeBytes = 16 * 1024;
    private const int BatchSize = 200;

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<(long Size, long AtMs)> _published = new();

    /// <summary>Runs it.</summary>
    /// <returns>Milliseconds for each packet, ascending.</returns>
    public async Task<IReadOnlyList<double>> RunAsync()
    {
        await using var network = await RigNetwork.CreateAsync(2, intervalMs);
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        await Task.WhenAll(sender.StartAsync(), receiver.StartAsync());
        await sender.AddCaseworkerAsync();
        await sender.UntilAsync(node => node.Count("SELECT count(*) FROM peer_epoch_keys") > 0, TimeMax, Pause);
        var work = await Casework.OpenAsync(sender, receiver, PayloadSizeBytes);
        var checkpoint = Path.Combine(receiver.Folder, "export", "checkpoint");
        await receiver.UntilAsync(_ => File.Exists(checkpoint), TimeMax, Pause);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(checkpoint)!);
        watcher.Renamed += (_, change) => Note(change.FullPath, checkpoint);
        watcher.Created += (_, change) => Note(change.FullPath, checkpoint);
        watcher.EnableRaisingEvents = true;
        for (var sent = 0; sent < packets; sent += BatchSize)
        {
            await work.SendAsync(await work.DraftAsync(Math.Min(BatchSize, packets - sent)));
        }

        await sender.UntilAsync(node => node.Count(Delivered) == packets, TimeMax, Pause);
        var places = receiver.Column(Places).Select(row => row.Split(' ')).Select(row => (
            AtMs: long.Parse(row[0], CultureInfo.InvariantCulture),
            Index: long.Parse(row[1], CultureInfo.InvariantCulture))).ToList();
        var last = places.Max(place => place.Index);
        await receiver.UntilAsync(_ => _published.Any(published => published.Size > last), TimeMax, Pause);
        var published = _published.OrderBy(one => one.Size).ToList();

        // What came before the watching began is not known to have been early.
        var from = published[0].AtMs;
        return
        [
            .. places.Where(place => place.AtMs > from)
                .Select(place => (double)(published.Find(one => one.Size > place.Index).AtMs - place.AtMs))
                .Order(),
        ];
    }

    private void Note(string path, string checkpoint)
    {
        if (path != checkpoint)
        {
            return;
        }

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var size = long.Parse(File.ReadLines(path).ElementAt(1), CultureInfo.InvariantCulture);
        _published.Enqueue((size, now));
    }
}
