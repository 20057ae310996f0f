using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Keys;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Endpoints;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Node.Tests.Support;

/// <summary>The audit log of one node of a network: a real keystore, a real store, all use cases. What the node does
/// otherwise is left out.</summary>
internal sealed class TestAudit : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestNetwork _network;
    private readonly bool _isWitness;
    private EpochKeys _keys = null!;  // set by OpenAsync
    private ShowDetail _details = null!;  // as the keys

    private TestAudit(TestNetwork network, NodeKind kind, bool isWitness)
    {
        (_network, _isWitness) = (network, isWitness);
        Self = network.AddPeer();
        Self.Kind = kind;
        Keys = Keystore.Create(
            _folder.File("keystore"), RandomNumberGenerator.GetBytes(32), PassphraseKind.Drawn).Value;
    }

    private void NameLog()
    {
        Self.Log = new DirectoryLog
        {
            LogKey = Services.Identity.Key,
            WitnessKey = Services.Identity.WitnessKey,
        };
    }

    public TestPeer Self { get; }

    public KeyRing Keys { get; }

    public SqliteNodeStore Store { get; private set; } = null!;  // set by OpenAsync

    public AuditServices Services { get; private set; } = null!;  // as the store

    public NodeContext Context { get; private set; } = null!;  // as the store

    public string Origin => Services.Identity.Origin;

    public AuditLogPorts Ports => CbssReturn.Node.Hosting.Ports.AuditLog(Services, _details);

    /// <summary>Adds a node to a network; it stands in the next directory that is published.</summary>
    public static async Task<TestAudit> CreateAsync(
        TestNetwork network, NodeKind kind = NodeKind.Provider, bool isWitness = false)
    {
        var audit = new TestAudit(network, kind, isWitness);
        await audit.OpenAsync();
        audit.NameLog();
        return audit;
    }

    /// <summary>Copies the database, as a backup does of a node that stands still.</summary>
    public async Task<string> SaveAsync()
    {
        await CloseAsync();
        var copy = Directory.CreateDirectory(_folder.File($"copy-{RandomNumberGenerator.GetHexString(8)}")).FullName;
        foreach (var file in Directory.GetFiles(DataFolder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        await OpenAsync();
        return copy;
    }

    /// <summary>Starts the node again, on a copy of its database or on the one it has.</summary>
    /// <param name="copy">The copy; null for what it has.</param>
    /// <param name="around">Stands before the log; the sequencer has not begun then.</param>
    public async Task RestartAsync(string? copy = null, Func<IAuditStore, IAuditStore>? around = null)
    {
        await CloseAsync();
        if (copy is not null)
        {
            Directory.Delete(DataFolder, recursive: true);
            Directory.CreateDirectory(DataFolder);
            foreach (var file in Directory.GetFiles(copy))
            {
                File.Copy(file, Path.Combine(DataFolder, Path.GetFileName(file)));
            }
        }

        await OpenAsync(around);
    }

    /// <summary>Makes another node this one's home auditor, in the next directory.</summary>
    public void CheckedBy(TestAudit auditor) => Self.Log = Self.Log! with { HomeAuditor = auditor.Self.Id };

    /// <summary>Notes so many things that only the node itself does.</summary>
    public async Task NoteAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await NoteAsync(RandomNumberGenerator.GetBytes(512));
        }
    }

    /// <summary>Notes something that only the node itself does.</summary>
    public async Task NoteAsync(byte[] detail)
    {
        var digest = Digest.Of(detail);
        var row = AuditIntakeRow.Local(
            AuditOutcome.Done,
            _network.Time.GetUtcNow(),
            digest,
            Keys.Seal(_network.Time.GetUtcNow(), "audit_detail", digest.ToArray(), detail));
        await Store.CommitAsync(new NodeTransaction("test", new AppendAuditIntake(row)), default);
    }

    /// <summary>Erases every detail that is older than a day.</summary>
    public Task EraseAsync() => new EraseDetails(Context).RunAsync(TimeSpan.FromDays(1), default);

    /// <summary>Notes an entry about a packet.</summary>
    public async Task<Digest> NotePacketAsync(AuditEvent kind, AuditOutcome outcome, string peer, Digest? tag = null)
    {
        var row = new AuditIntakeRow
        {
            Event = kind,
            Outcome = outcome,
            AtMinute = AuditIntakeRow.MinuteOf(_network.Time.GetUtcNow()),
            Peer = LogEntry.PeerName(peer),
            Handle = RandomNumberGenerator.GetBytes(AuditIntakeRow.ShortIdSizeBytes),
            Tag = tag ?? Digest.Of(RandomNumberGenerator.GetBytes(32)),
        };
        await Store.CommitAsync(new NodeTransaction("test", new AppendAuditIntake(row)), default);
        return row.Tag;
    }

    /// <summary>Signs a checkpoint over everything that was noted.</summary>
    public async Task<SignedCheckpoint> PublishAsync() =>
        (await Services.Publish.PublishAsync(_network.Time.GetUtcNow(), default)).Value;

    /// <summary>Signs a checkpoint of this log over another tree, as a log does that shows two faces.</summary>
    public SignedNote Forge(long size, byte seed = 9)
    {
        using var key = Keys.DeriveNoteKey(Origin);
        return CheckpointSigning.Sign(new Checkpoint(Origin, size, Digest.Of([seed])), key);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Keys.Dispose();
        _folder.Dispose();
    }

    private string DataFolder => _folder.File("data");

    private async Task OpenAsync(Func<IAuditStore, IAuditStore>? around = null)
    {
        Directory.CreateDirectory(DataFolder);
        Store = (await SqliteNodeStore.OpenAsync(Path.Combine(DataFolder, "node.db"), _network.Time)).Value;
        var log = around?.Invoke(Store) ?? Store;
        var origin = $"log.test/se/{Self.Id}/1";
        Context = new NodeContext(Self.Id, Keys, Store, log, _network.Directory, _network.Time, origin);
        (_keys, _details) = (new EpochKeys(Context), new ShowDetail(Context));
        Services = new AuditServices(Context, _keys, origin, _isWitness ? $"witness.test/se/{Self.Id}" : null);
        if (around is null)
        {
            Assert.True((await Services.Sequencer.BeginAsync(default)).IsOk);
        }
    }

    private async Task CloseAsync()
    {
        Services.Dispose();
        _keys.Dispose();
        await Store.DisposeAsync();
    }
}
