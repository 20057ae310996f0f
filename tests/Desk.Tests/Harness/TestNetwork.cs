using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Outbox;
using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;
using CbssReturn.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Two or three nodes in one process that know each other, and a carrier between them that loses nothing
/// unless told to. Sealing, keystores and stores are real; only the wire is not.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    /// <summary>A Monday morning at which every test begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("cbss-desk-");
    private readonly List<TestNode> _nodes = [];
    private List<DirectoryNode> _entries = [.. Members.Select(EntryOf)];
    private ulong _directoryVersion;

    private TestNetwork()
    {
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public DateTimeOffset Now => Time.GetUtcNow();

    public TestNode Origin => _nodes[0];

    public TestNode Receiver => _nodes[1];

    /// <summary>The third member's node; there only when asked for.</summary>
    public TestNode Third => _nodes[2];

    public static NodeId ThirdId => Member.Third.Id;

    private static Member[] Members => [Member.Origin, Member.Receiver, Member.Third];

    /// <summary>Starts the network. The directory always lists three members.</summary>
    public static async Task<TestNetwork> StartAsync(int nodeCount = 2)
    {
        var network = new TestNetwork();
        foreach (var member in Members[..nodeCount])
        {
            var path = Path.Combine(network._folder.CreateSubdirectory(member.Id.ToString()).FullName, "node.db");
            await Templates.CopyAsync(member, path);
            var store = (await SqliteNodeStore.OpenAsync(path, network.Time)).Value;
            var directory = new CurrentDirectory(Member.Root.Public, network.Time);
            network._nodes.Add(new TestNode(member, path, store, directory, network.Time));
        }

        network.Publish();
        foreach (var node in network._nodes)
        {
            await node.Services.Keys.EnsureAsync(default);
        }

        return network;
    }

    public static DirectoryNode EntryOf(Member member) => new()
    {
        Id = member.Id,
        Country = "LV",
        Kind = NodeKind.Provider,
        Keys = [new DirectoryKey(member.Keys.Identity.Public, DirectoryKeyState.Active, null)],
        Pins = [member.Pin],
        Log = LogOf(member),
    };

    public static byte[] Sign(ulong version, TimeProvider time, IEnumerable<DirectoryNode> entries)
    {
        var now = time.GetUtcNow();
        var end = now.AddDays(NodeDirectory.LifetimeDaysMax);
        return DirectoryWriter.Sign(Member.Root, version, now, end, entries).Value;
    }

    /// <summary>Changes one entry of the directory at every node.</summary>
    public void Change(TestNode node, Func<DirectoryNode, DirectoryNode> change)
    {
        _entries = [.. _entries.Select(entry => entry.Id == node.Id ? change(entry) : entry)];
        Publish();
    }

    /// <summary>Takes a node out of the directory.</summary>
    public void Remove(TestNode node)
    {
        _entries.RemoveAll(entry => entry.Id == node.Id);
        Publish();
    }

    /// <summary>Carries everything that one node has due for another.</summary>
    /// <returns>The answers, in the order in which the packets were claimed.</returns>
    public static async Task<IReadOnlyList<DeliveryAnswer>> CarryAsync(TestNode from, TestNode to)
    {
        var claimed = await from.Services.Dispatch.ClaimAsync(to.Id, 256, default);
        var answers = new List<(ClaimedPacket, DeliveryAnswer)>();
        foreach (var packet in claimed)
        {
            answers.Add((packet, await to.Services.Receive.ReceiveAsync(packet.Envelope, from.Id, default)));
        }

        await from.Services.Dispatch.SettleAsync(to.Id, answers, default);
        return [.. answers.Select(answer => answer.Item2)];
    }

    /// <summary>Carries everything there is, until nothing is due any more.</summary>
    public async Task CarryAllAsync()
    {
        for (var isMoving = true; isMoving;)
        {
            isMoving = false;
            foreach (var from in _nodes)
            {
                foreach (var due in await from.Services.Dispatch.PeersDueAsync(default))
                {
                    if (_nodes.Find(node => node.Id == due) is { } to)
                    {
                        isMoving |= (await CarryAsync(from, to)).Count > 0;
                    }
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    // The third member audits the other two, and cosigns.
    private static DirectoryLog LogOf(Member member)
    {
        using var log = member.Keys.DeriveNoteKey(member.LogOrigin);
        using var witness = member.Keys.DeriveNoteKey(member.WitnessName);
        return new DirectoryLog
        {
            LogKey = VerifierKey.OfLog(member.LogOrigin, log.Public),
            HomeAuditor = member == Member.Third ? null : ThirdId,
            WitnessKey = member == Member.Third ? VerifierKey.OfWitness(member.WitnessName, witness.Public) : null,
        };
    }

    private void Publish()
    {
        var file = Sign(++_directoryVersion, Time, _entries);
        foreach (var node in _nodes)
        {
            Assert.True(node.Directory.Apply(file).IsOk);
        }
    }
}
