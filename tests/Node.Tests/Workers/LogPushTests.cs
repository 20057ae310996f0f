using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>A node hands its log over to a focal point, over real TLS, and has its checkpoints cosigned
/// there.</summary>
public sealed class LogPushTests : IAsyncLifetime, IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly CollectingLog _log = new();
    private TestAudit _node = null!;  // set before each test
    private TestAudit _focalPoint = null!;
    private TestCallee _host = null!;
    private TestDialer _dialer = null!;
    private AuditBoard _board = null!;

    private PusherSetting Setting => new(
        _node.Self.Id, _network.Directory, _dialer.Channels, TimeSpan.FromSeconds(10), _network.Time, _log);

    public async Task InitializeAsync()
    {
        _node = await TestAudit.CreateAsync(_network);
        _focalPoint = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint, isWitness: true);
        _node.CheckedBy(_focalPoint);
        _dialer = new TestDialer(_network, _node.Self);
        _host = await TestCallee.StartAsync(_network, audit: _focalPoint);
        _board = new AuditBoard(_network.Time, _log);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _node.DisposeAsync();
        await _focalPoint.DisposeAsync();
    }

    public void Dispose()
    {
        _dialer.Dispose();
        _network.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Push_ALogOfManyBundles_IsMirroredEntryByEntry()
    {
        await _node.NoteAsync(300);
        var first = await _node.PublishAsync();
        var push = new AuditorPush(Setting, _node.Store.Tiles, _node.Services.Identity, _board);

        Assert.Equal(first.Size, (await push.PushAsync(_focalPoint.Self.Id, first, default)).Value);
        await _node.NoteAsync(5);
        var second = await _node.PublishAsync();
        Assert.Equal(second.Size, (await push.PushAsync(_focalPoint.Self.Id, second, default)).Value);

        var mirrored = await _focalPoint.Store.GetMirroredAsync(_node.Origin, default);
        Assert.Equal((second.Size, second.Checkpoint.Root), (mirrored!.Size, mirrored.Root));
        foreach (var id in TileLayout.Bundles(second.Size))
        {
            var own = await _node.Store.Tiles.ReadBundleAsync(id, default);
            var held = await _focalPoint.Store.MirroredTiles(_node.Origin).ReadBundleAsync(id, default);
            Assert.Equal(own!.Value.ToArray(), held!.Value.ToArray());
        }

        Assert.Equal(second.Size, _board.Now.Auditors[_focalPoint.Self.Id].Held);
    }

    [Fact]
    public async Task Ask_TwoCheckpoints_BothAreCosignedAndKept()
    {
        var push = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        var witness = Assert.Single(_node.Services.Cosign.Witnesses);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var checkpoint = await _node.PublishAsync();
            var cosigned = (await push.AskAsync(witness, checkpoint, default)).Value;

            var read = CheckpointReader.Read(cosigned.Note.ToBytes(), _node.Services.Identity.Key, [witness.Key], 1);
            Assert.Equal(checkpoint.Checkpoint, read.Value.Checkpoint);
            var stored = await _node.Store.GetNewestCheckpointAsync(isSigned: true, default);
            Assert.Equal(cosigned.Note.ToBytes(), stored!.Note!.Value.ToArray());
            Assert.Equal(checkpoint.Size, (await _focalPoint.Store.GetWitnessedAsync(_node.Origin, default))!.Size);
        }
    }

    [Fact]
    public async Task Ask_AfterARestart_LearnsWhatTheWitnessHolds()
    {
        var witness = Assert.Single(_node.Services.Cosign.Witnesses);
        var before = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        Assert.True((await before.AskAsync(witness, await _node.PublishAsync(), default)).IsOk);

        var after = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);

        Assert.True((await after.AskAsync(witness, await _node.PublishAsync(), default)).IsOk);
    }

    [Fact]
    public async Task Ask_WitnessHoldsMore_IsTakenForARollback()
    {
        var witness = Assert.Single(_node.Services.Cosign.Witnesses);
        var push = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        var old = await _node.PublishAsync();
        Assert.True((await push.AskAsync(witness, await _node.PublishAsync(), default)).IsOk);

        var asked = await push.AskAsync(witness, old, default);

        Assert.Equal(RefusalCode.LogRolledBack, asked.Refusal.Code);
    }

    [Fact]
    public async Task Ask_WitnessHoldsAnotherRoot_IsASplitViewAndBothAreKept()
    {
        var witness = Assert.Single(_node.Services.Cosign.Witnesses);
        var push = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        var checkpoint = await _node.PublishAsync();
        Assert.True((await push.AskAsync(witness, checkpoint, default)).IsOk);
        var forged = _node.Forge(checkpoint.Size);
        var other = checkpoint with { Checkpoint = Checkpoint.Parse(forged.Text).Value, Note = forged };

        var asked = await push.AskAsync(witness, other, default);

        Assert.Equal(RefusalCode.SplitView, asked.Refusal.Code);
        Assert.Contains(
            await _focalPoint.Store.GetSeenAsync(_node.Origin, default),
            seen => seen.IsEvidence && seen.Note.Span.SequenceEqual(forged.ToBytes()));
    }

    [Fact]
    public async Task Loop_ACheckpoint_ReachesTheMirrorFirstAndComesBackCosigned()
    {
        var newest = new NewestCheckpoint();
        using var stopping = new CancellationTokenSource();
        var done = new TaskCompletionSource<SignedCheckpoint>();
        var running = NewLoop(newest, done.SetResult).RunAsync(stopping.Token);
        await _node.NoteAsync(2);
        var checkpoint = await _node.PublishAsync();
        _board.NotePublished(checkpoint, 0, 1);

        newest.Put(checkpoint);

        var cosigned = await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, cosigned.Note.Signatures.Count);
        Assert.Equal(1, _board.Now.Cosigned);
        Assert.Equal(checkpoint.Size, (await _focalPoint.Store.GetMirroredAsync(_node.Origin, default))!.Size);
        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Loop_NobodyThere_FailsOpenAndSaysSinceWhen()
    {
        await _host.StopAsync();
        var newest = new NewestCheckpoint();
        using var stopping = new CancellationTokenSource();
        var running = NewLoop(newest, _ => { }).RunAsync(stopping.Token);
        var first = await _node.PublishAsync();
        _board.NotePublished(first, 0, 1);

        newest.Put(first);
        Assert.Equal(RefusalCode.PeerUnreachable, await _log.WaitAsync(6047));
        _network.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await _node.PublishAsync();
        _board.NotePublished(second, 0, 1);

        Assert.Equal(first.At, _board.Now.UnwitnessedSince);
        Assert.Equal([RefusalCode.QuorumMissing], _board.Now.Problems());
        Assert.True(second.Size > first.Size);
        _board.NoteCosigned(second, 1);
        Assert.Null(_board.Now.UnwitnessedSince);
        await stopping.CancelAsync();
        await running;
    }

    private PushLoop NewLoop(NewestCheckpoint newest, Action<SignedCheckpoint> cosigned) => new(
        Setting,
        newest,
        new AuditorPush(Setting, _node.Store.Tiles, _node.Services.Identity, _board),
        new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness),
        _node.Services.Cosign,
        _board,
        cosigned,
        _ => Task.CompletedTask);
}
