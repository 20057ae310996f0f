using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>What a node makes of checkpoints of its own log that others show it, and a witness of its own cosignatures.
/// </summary>
public sealed class OwnLogShownTests : IAsyncLifetime, IDisposable
{
    private readonly TestNetwork _network = new();
    private TestAudit _node = null!;  // set before each test
    private TestAudit _witness = null!;

    public async Task InitializeAsync()
    {
        _node = await TestAudit.CreateAsync(_network);
        _witness = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint, isWitness: true);
        _network.Publish();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _witness.DisposeAsync();
    }

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Judge_AStolenKeysNoteFarAhead_ProvesNothingAndTheNodeGoesOn()
    {
        await _node.PublishAsync();
        var stolen = _node.Forge(1L << 62);

        var judged = await _node.Services.Watch.JudgeAsync(stolen.ToBytes(), default);

        Assert.False(judged.IsOk);
        Assert.Equal(AuditLogState.Signing, await _node.Store.GetAuditLogStateAsync(default));
        Assert.True((await _node.PublishAsync()).Size > 0);
    }

    [Fact]
    public async Task Judge_ANoteAheadThatAWitnessCosigned_StopsTheNode()
    {
        var first = await _node.PublishAsync();
        await CosignAsync(0, first.Note);
        var (note, proof) = await AheadAsync(first);
        var cosigned = await CosignAsync(first.Size, note, proof);

        var judged = await _node.Services.Watch.JudgeAsync(cosigned.ToBytes(), default);

        Assert.Equal(RefusalCode.LogRolledBack, judged.Refusal.Code);
        Assert.Equal(AuditLogState.RolledBack, await _node.Store.GetAuditLogStateAsync(default));
    }

    [Fact]
    public async Task Judge_TheOwnFork_StopsTheNode()
    {
        var checkpoint = await _node.PublishAsync();

        var judged = await _node.Services.Watch.JudgeAsync(_node.Forge(checkpoint.Size).ToBytes(), default);

        Assert.Equal(RefusalCode.SplitView, judged.Refusal.Code);
        Assert.NotEqual(AuditLogState.Signing, await _node.Store.GetAuditLogStateAsync(default));
        Assert.False((await _node.Services.Publish.PublishAsync(_network.Time.GetUtcNow(), default)).IsOk);
    }

    [Fact]
    public async Task State_OfTheNextGenerationOfALogThatForked_IsSigning()
    {
        var checkpoint = await _node.PublishAsync();
        await _node.Services.Watch.JudgeAsync(_node.Forge(checkpoint.Size).ToBytes(), default);
        Assert.Equal(AuditLogState.Forked, await _node.Services.Watch.GetStateAsync(default));
        using var next = new LogIdentity(_node.Keys, $"log.test/se/{_node.Self.Id}/2", null);

        Assert.Equal(AuditLogState.Signing, await new WatchRollback(_node.Context, next).GetStateAsync(default));
    }

    [Fact]
    public async Task Judge_TheNodesOwnExportAhead_StopsTheNode()
    {
        var copy = await _node.SaveAsync();
        var exported = await _node.PublishAsync();
        await _node.RestartAsync(copy);

        var judged = await _node.Services.Watch.JudgeExportAsync(exported.Note.ToBytes(), default);

        Assert.Equal(RefusalCode.LogRolledBack, judged.Refusal.Code);
        Assert.False((await _node.Services.Publish.PublishAsync(_network.Time.GetUtcNow(), default)).IsOk);
    }

    [Fact]
    public async Task AddCheckpoint_ToARestoredWitnessThatIsShownItsOwnCosignature_AdoptsIt()
    {
        var first = await _node.PublishAsync();
        var backup = await _witness.SaveAsync();
        var cosigned = await CosignAsync(0, first.Note);
        await _witness.RestartAsync(backup);
        await _witness.Services.See.TakeAsync(_node.Self.Id, cosigned.ToBytes(), default);

        var reply = await _witness.Services.Witness.AddCheckpointAsync(
            AddCheckpointRequest.Create(0, [], _node.Forge(first.Size)).ToBytes(), default);

        Assert.Equal(WitnessAnswer.StatusConflict, reply.Value.Status);
        var held = await _witness.Store.GetWitnessedAsync(_node.Origin, default);
        Assert.Equal((first.Size, first.Checkpoint.Root), (held!.Size, held.Root));
    }

    private async Task<SignedNote> CosignAsync(long oldSize, SignedNote note, IReadOnlyList<Digest>? proof = null)
    {
        var body = AddCheckpointRequest.Create(oldSize, proof ?? [], note).ToBytes();
        var reply = (await _witness.Services.Witness.AddCheckpointAsync(body, default)).Value;
        Assert.Equal(WitnessAnswer.StatusOk, reply.Status);
        return note.With(NoteSignature.ParseLines(reply.Body.Span).Value).Value;
    }

    // What somebody signs with the node's key who goes on from the tree that the node has published.
    private async Task<(SignedNote Note, IReadOnlyList<Digest> Proof)> AheadAsync(SignedCheckpoint from)
    {
        var edge = (await RightEdge.LoadAsync(_node.Store.Tiles, from.Size, default)).Value;
        var tree = new MemoryTiles(_node.Store.Tiles);
        for (var i = 0; i < 4; i++)
        {
            edge.Append(LogHash.Leaf([(byte)i]));
        }

        tree.Put(edge.TakeChanged());
        var proof = (await ConsistencyProof.BuildAsync(tree, from.Size, edge.Size, default)).Value;
        using var key = _node.Keys.DeriveNoteKey(_node.Origin);
        return (CheckpointSigning.Sign(new Checkpoint(_node.Origin, edge.Size, edge.Root()), key), proof);
    }
}
