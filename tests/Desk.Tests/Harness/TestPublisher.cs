using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Publishes the audit log of a node when told to: moves what waits into the tree, pads, signs, and has the
/// third member cosign.</summary>
internal sealed class TestPublisher : IDisposable
{
    private readonly TestNode _node;
    private readonly IAuditStore _store;
    private readonly AuditSequencer _sequencer;
    private readonly TimeProvider _time;

    private TestPublisher(TestNode node, TimeProvider time)
    {
        (_node, _store, _time) = (node, node.Audit, time);
        _sequencer = new AuditSequencer(_store, new AuditPads(node.Keys, node.Member.LogOrigin));
    }

    public static async Task<TestPublisher> BeginAsync(TestNode node, TimeProvider time)
    {
        var publisher = new TestPublisher(node, time);
        Assert.True((await publisher._sequencer.BeginAsync(default)).IsOk);
        return publisher;
    }

    /// <summary>Moves what waits into the tree, without a checkpoint.</summary>
    public async Task DrainAsync() => Assert.True((await _sequencer.DrainAsync(default)).IsOk);

    /// <summary>Ends an interval.</summary>
    /// <returns>The signed checkpoint.</returns>
    public async Task<SignedNote> PublishAsync(bool isCosigned = true)
    {
        var closed = (await _sequencer.CloseIntervalAsync(_time.GetUtcNow(), default)).Value;
        var origin = _node.Member.LogOrigin;
        var checkpoint = new Checkpoint(origin, closed.Size, closed.Root);
        using var key = _node.Keys.DeriveNoteKey(origin);
        var note = CheckpointSigning.Sign(checkpoint, key);
        if (isCosigned)
        {
            var name = Member.Third.WitnessName;
            using var witness = Member.Third.Keys.DeriveNoteKey(name);
            note = note.With([Cosignature.Sign(checkpoint, name, witness, _time.GetUtcNow())]).Value;
        }

        Assert.True(await _store.StoreNoteAsync(closed.Size, note.ToBytes(), default));
        return note;
    }

    /// <summary>All entries of the log, in order.</summary>
    public async Task<IReadOnlyList<LogEntry>> EntriesAsync()
    {
        var head = await _store.GetAuditHeadAsync(default);
        var entries = await _store.ReadEntriesAsync(0, AuditIntegration.EntriesMax, default);
        Assert.Equal(head.Size, entries.Count);
        return [.. entries.Select(entry => LogEntry.Parse(entry.Span).Value)];
    }

    public void Dispose() => _sequencer.Dispose();
}
