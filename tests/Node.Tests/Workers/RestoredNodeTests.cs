using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Files;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>A node is put back to an old copy of its database, with a real auditor and witness over TLS: it signs
/// nothing, has its log back, and goes on.</summary>
public sealed class RestoredNodeTests : IAsyncLifetime, IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly CollectingLog _log = new();
    private readonly TestFolder _folder = new();
    private readonly List<SignedCheckpoint> _signed = [];
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
        _folder.Dispose();
    }

    [Fact]
    public async Task Restore_OfAnOldCopy_SignsNothingThenHasItsLogBackAndGoesOn()
    {
        await _node.NoteAsync(3);
        await PublishAsync();
        await _node.NoteAsync(2);  // waits in the copy, and is in the log that is lost
        await _node.NotePacketAsync(AuditEvent.PacketSent, AuditOutcome.Pending, "log.peer/se/1/1");
        var copy = await _node.SaveAsync();
        var received = await _node.NotePacketAsync(AuditEvent.PacketReceived, AuditOutcome.Done, "log.peer/se/1/1");
        var queued = await _node.NotePacketAsync(AuditEvent.PacketSent, AuditOutcome.Pending, "log.peer/se/1/1");
        await _node.NoteAsync(300);
        await PublishAsync();
        await _node.NoteAsync(1);
        var last = await PublishAsync();
        await _node.RestartAsync(copy);
        var watch = NewWatch();

        await watch.AskBeforeSigningAsync(default);

        Assert.Equal(AuditLogState.RolledBack, _board.Now.State);
        Assert.Contains(RefusalCode.LogRolledBack, _board.Now.Problems());
        var refused = await _node.Services.Publish.PublishAsync(_network.Time.GetUtcNow(), default);
        Assert.Equal(RefusalCode.LogRolledBack, refused.Refusal.Code);

        await _node.NoteAsync(1);
        Assert.True(await watch.TryRecoverAsync(default));
        var next = await PublishAsync();

        Assert.True(next.Size > last.Size);
        Assert.Equal(1, _node.Services.Cosign.CountWitnesses(next));
        Assert.True(await _node.Store.IsLostTagAsync(received, default));
        Assert.All(
            _signed.GroupBy(one => one.Size), size => Assert.Single(size.Select(one => one.Checkpoint).Distinct()));
        var entries = await EntriesAsync(next.Size);
        Assert.Equal(
            [AuditOutcome.Pending, AuditOutcome.Failed],
            entries.Where(entry => entry.Tag == queued).Select(entry => entry.Outcome));
        Assert.Distinct(entries.Select(entry => entry.Detail).OfType<Digest>());
        using (var identity = new LogIdentity(_node.Keys, next.Checkpoint.Origin, null))
        {
            Assert.Empty(await new CheckOwnLog(_node.Context).CheckAsync(identity, next.Note.ToBytes(), default));
        }

        Assert.Distinct(entries.Where(entry => entry.Tag != default).Select(entry => (entry.Tag, entry.Outcome)));
    }

    [Fact]
    public async Task Restore_NoWitnessHadCosigned_IsProvenByTheEntriesOfTheMirror()
    {
        await PublishAsync();
        var copy = await _node.SaveAsync();
        await _node.NoteAsync(5);
        var last = await _node.PublishAsync();
        var auditor = new AuditorPush(Setting, _node.Store.Tiles, _node.Services.Identity, _board);
        Assert.True((await auditor.PushAsync(_focalPoint.Self.Id, last, default)).IsOk);
        await _node.RestartAsync(copy);

        await NewWatch().AskBeforeSigningAsync(default);

        Assert.Equal(AuditLogState.RolledBack, await _node.Store.GetAuditLogStateAsync(default));
        Assert.True(await NewWatch().TryRecoverAsync(default));
        Assert.True((await PublishAsync()).Size > last.Size);
    }

    [Fact]
    public async Task Recall_ARestoredWitness_RemembersWhatAnAuditorHolds()
    {
        var witness = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint, isWitness: true);
        _network.Publish();
        var backup = await witness.SaveAsync();
        var published = await _node.PublishAsync();
        var reply = await witness.Services.Witness.AddCheckpointAsync(
            AddCheckpointRequest.Create(0, [], published.Note).ToBytes(), default);
        var note = published.Note.With(NoteSignature.ParseLines(reply.Value.Body.Span).Value).Value;
        var auditor = new AuditorPush(Setting, _node.Store.Tiles, _node.Services.Identity, _board);
        Assert.True((await auditor.PushAsync(_focalPoint.Self.Id, published with { Note = note }, default)).IsOk);
        await witness.RestartAsync(backup);
        Assert.Null(await witness.Store.GetWitnessedAsync(_node.Origin, default));
        using var dialer = new TestDialer(_network, witness.Self);
        witness.Services.Witness.IsAsking = true;
        var early = await witness.Services.Witness.AddCheckpointAsync(
            AddCheckpointRequest.Create(0, [], published.Note).ToBytes(), default);

        await new WitnessRecall(
            Setting with { Self = witness.Self.Id, Channels = dialer.Channels }, witness.Services.Witness)
            .RunAsync(default);

        Assert.Equal(RefusalCode.LogBusy, early.Refusal.Code);
        Assert.False(witness.Services.Witness.IsAsking);
        var held = await witness.Store.GetWitnessedAsync(_node.Origin, default);
        Assert.Equal((published.Size, published.Checkpoint.Root), (held!.Size, held.Root));
        await witness.DisposeAsync();
    }

    [Fact]
    public async Task Restore_TheMirrorCannotBeReached_StaysAndSaysSoUntilItCan()
    {
        await PublishAsync();
        var copy = await _node.SaveAsync();
        await _node.NoteAsync(5);
        await PublishAsync();
        await _node.RestartAsync(copy);
        await NewWatch().AskBeforeSigningAsync(default);
        await _host.StopAsync();

        Assert.False(await NewWatch().TryRecoverAsync(default));

        Assert.Equal(AuditLogState.RolledBack, await _node.Store.GetAuditLogStateAsync(default));
        Assert.Equal(RefusalCode.PeerUnreachable, await _log.WaitAsync(6052));
    }

    [Fact]
    public async Task StolenKey_ABiggerNoteAtTheWitnessFirst_StopsTheNodeAndSaysSo()
    {
        var first = await PublishAsync();
        await StealAsync(first);
        await _node.NoteAsync(1);

        // By itself the node finds nothing wrong: its own tree is whole, and its checkpoint is signed.
        var own = await _node.PublishAsync();
        Assert.Equal(AuditLogState.Signing, await _node.Store.GetAuditLogStateAsync(default));
        _board.NotePublished(own, 0, 1);
        var witness = Assert.Single(_node.Services.Cosign.Witnesses);
        var push = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        var asked = await push.AskAsync(witness, own, default);

        Assert.Contains(
            asked.Refusal.Code,
            new[] { RefusalCode.LogRolledBack, RefusalCode.SplitView, RefusalCode.ConsistencyWrong });
        await NewWatch().AskAsync(default);
        Assert.NotEqual(AuditLogState.Signing, await _node.Store.GetAuditLogStateAsync(default));
        Assert.Contains(RefusalCode.LogKeyMisused, _board.Now.Problems());
        Assert.False((await _node.Services.Publish.PublishAsync(_network.Time.GetUtcNow(), default)).IsOk);
        Assert.False(await NewWatch().TryRecoverAsync(default));
    }

    // Somebody with the node's log key goes on from what was published, and shows it to the witness.
    private async Task StealAsync(SignedCheckpoint from)
    {
        var edge = (await RightEdge.LoadAsync(_node.Store.Tiles, from.Size, default)).Value;
        for (var i = 0; i < 8; i++)
        {
            edge.Append(LogHash.Leaf([(byte)i]));
        }

        var tree = new MemoryTiles(_node.Store.Tiles);
        tree.Put(edge.TakeChanged());
        var proof = (await ConsistencyProof.BuildAsync(tree, from.Size, edge.Size, default)).Value;
        using var key = _node.Keys.DeriveNoteKey(_node.Origin);
        var note = CheckpointSigning.Sign(new Checkpoint(_node.Origin, edge.Size, edge.Root()), key);
        var reply = await _focalPoint.Services.Witness.AddCheckpointAsync(
            AddCheckpointRequest.Create(from.Size, proof, note).ToBytes(), default);
        Assert.Equal(WitnessAnswer.StatusOk, reply.Value.Status);
    }

    /// <summary>Signs, hands the entries to the auditor, has the witness cosign: one round of the worker.</summary>
    private async Task<SignedCheckpoint> PublishAsync()
    {
        _network.Time.Advance(TimeSpan.FromMinutes(1));
        var checkpoint = await _node.PublishAsync();
        _signed.Add(checkpoint);
        var auditor = new AuditorPush(Setting, _node.Store.Tiles, _node.Services.Identity, _board);
        Assert.True((await auditor.PushAsync(_focalPoint.Self.Id, checkpoint, default)).IsOk);
        var push = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        return (await push.AskAsync(Assert.Single(_node.Services.Cosign.Witnesses), checkpoint, default)).Value;
    }

    private async Task<List<LogEntry>> EntriesAsync(long size) =>
    [
        .. (await _node.Store.ReadEntriesAsync(0, (int)size, default))
            .Select(bytes => LogEntry.Parse(bytes.Span).Value),
    ];

    private RollbackWatch NewWatch() => new(
        Setting,
        _node.Services.Identity,
        _node.Services.Watch,
        _node.Services.Recover,
        _node.Services.Cosign,
        new LogExport(_folder.File("export"), _node.Origin),
        _board);
}
