using System.Security.Cryptography;
using CbssReturn.Desk;
using CbssReturn.Desk.Outbox;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Node.Tests.Support;

/// <summary>An outbox in memory that remembers what was done with each packet.</summary>
internal sealed class TestOutbox(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(NodeId Peer, ClaimedPacket Packet)> _due = [];
    private readonly List<(NodeId Peer, ClaimedPacket Packet)> _later = [];
    private readonly Dictionary<RowId, NodeId> _peers = [];

    public Condition Changed { get; } = new();

    public OutboxSignal Queued { get; } = new(time);

    public List<(ClaimedPacket Packet, DeliveryAnswer Answer)> Settled { get; } = [];

    public List<(ClaimedPacket Packet, RefusalCode Code, bool MayHaveLeft)> Failed { get; } = [];

    public List<(ClaimedPacket Packet, bool MayHaveLeft)> Released { get; } = [];

    /// <summary>How often a peer's packets were made due.</summary>
    public int Wakes { get; private set; }

    /// <summary>When set, what is released is not due again.</summary>
    public bool KeepsReleased { get; set; }

    public int DueCount => Locked(() => _due.Count);

    public OutboxPorts Ports => new()
    {
        PeersDue = _ => Task.FromResult(Locked<IReadOnlyList<NodeId>>(
            () => [.. _due.Select(due => due.Peer).Distinct()])),
        Claim = (peer, max, _) => Task.FromResult(Locked(() => Claim(peer, max))),
        Settle = (_, answers, _) => Note(() => Settled.AddRange(answers)),
        Fail = (packets, code, mayHaveLeft, _) => Note(() =>
        {
            Failed.AddRange(packets.Select(packet => (packet, code, mayHaveLeft)));
            _later.AddRange(packets.Select(packet => (_peers[packet.Row], packet)));
        }),
        Release = (packets, mayHaveLeft, _) => Note(() =>
        {
            Released.AddRange(packets.Select(packet => (packet, mayHaveLeft)));
            if (!KeepsReleased)
            {
                _due.AddRange(packets.Select(packet => (_peers[packet.Row], packet)));
            }
        }),
        Wake = (peer, _) => Note(() =>
        {
            Wakes++;
            _due.AddRange(_later.Where(later => later.Peer == peer));
            _later.RemoveAll(later => later.Peer == peer);
        }),
        Queued = Queued,
    };

    public IReadOnlyList<ClaimedPacket> Add(NodeId peer, int count, int sizeBytes = 32)
    {
        var packets = Enumerable.Range(0, count).Select(_ => new ClaimedPacket(
            RowId.New(time),
            PacketId.NewRandom(),
            RandomNumberGenerator.GetBytes(sizeBytes),
            1,
            false,
            time.GetUtcNow().AddHours(72))).ToList();
        Locked(() =>
        {
            packets.ForEach(packet => _peers[packet.Row] = peer);
            _due.AddRange(packets.Select(packet => (peer, packet)));
            return true;
        });
        Queued.Set();
        return packets;
    }

    public T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    public Task UntilAsync(Func<bool> isMet) => Changed.UntilAsync(() => Locked(isMet));

    public void Dispose() => Queued.Dispose();

    private IReadOnlyList<ClaimedPacket> Claim(NodeId peer, int max)
    {
        var claimed = _due.Where(due => due.Peer == peer).Take(max).ToList();
        claimed.ForEach(due => _due.Remove(due));
        return [.. claimed.Select(due => due.Packet)];
    }

    private Task Note(Action note)
    {
        Locked(() =>
        {
            note();
            return true;
        });
        Changed.Pulse();
        return Task.CompletedTask;
    }
}
