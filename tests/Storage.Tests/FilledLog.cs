using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Storage.Tests;

/// <summary>A store in which every table of the audit log has rows, all of them true.</summary>
internal sealed class FilledLog : IDisposable
{
    private const string Origin = "log.example.org/lv/0123456789abcdef/1";
    private const string Table = "audit_detail";

    private readonly KeyRing _keys;
    private readonly NoteKey _key = NoteKey.FromSeed(Sample.Bytes(32));
    private readonly HashSet<Digest> _pads = [];

    public FilledLog(string keystorePath) => _keys = Keystore.Create(keystorePath, "of the tests"u8).Value;

    public AuditCheckMeans Means => new()
    {
        DetailOpens = row => _keys.Open(Table, row.Digest.ToArray(), row.Sealed)
            .TryGet(out var detail, out _) && Digest.Of(detail) == row.Digest,
        NoteIsGenuine = note => CheckpointReader.Read(note.Span, VerifierKey.OfLog(Origin, _key.Public), [], 0).IsOk,
        IsPad = (_, entry, _) => entry.Detail is { } digest && _pads.Contains(digest),
    };

    public void Dispose()
    {
        _keys.Dispose();
        _key.Dispose();
    }

    public async Task FillAsync(SqliteNodeStore store)
    {
        var log = await TestLog.BeginAsync(store);
        await PadAsync(store, log, 4);
        await AdoptAsync(store, log);
        log = await TestLog.BeginAsync(store);
        var delivered = await FillPacketsAsync(store);
        var rows = await TestLog.AppendAsync(store, 290, () => Local());
        await log.IntegrateAllAsync();
        await store.CommitAsync(
            new NodeTransaction(
                "retention",
                new EraseDetail(100, await DigestAsync(store, 100)),
                new AppendAuditIntake(Sample.Erased(100, await DigestAsync(store, 100)))),
            default);
        await log.IntegrateAllAsync();
        await CheckpointAsync(store, log, isSigned: true);
        await ProveAsync(store, log.Head, delivered);
        await log.IntegrateAllAsync();
        await CheckpointAsync(store, log, isSigned: true);
        await CheckpointAsync(store, log, isSigned: false);
        await FillPeersAsync(store, log.Head);
        await TestLog.AppendAsync(store, 1, () => Local());
        Assert.True(rows.Length > 256);  // more than a tile
    }

    private AuditIntakeRow Local()
    {
        var detail = Sample.Bytes(512);
        var digest = Digest.Of(detail);
        return AuditIntakeRow.Local(
            AuditOutcome.Done, Sample.Now, digest, _keys.Seal(Sample.Now, Table, digest.ToArray(), detail));
    }

    private AuditIntakeRow OfPacket(AuditEvent kind, RowId subject, long index = 0)
    {
        var local = Local();
        return Sample.OfPacket(kind, subject) with
        {
            DetailDigest = local.DetailDigest,
            Detail = local.Detail,
            PeerEntryIndex = index,
        };
    }

    private async Task<RowId> FillPacketsAsync(SqliteNodeStore store)
    {
        var received = Sample.Received();
        var (proven, unproven) = (Sample.Outbox(Sample.Peer()), Sample.Outbox(Sample.Peer()));
        StoreChange[] changes =
        [
            new AddReceived(received, Sample.Bytes(100)),
            new AppendAuditIntake(OfPacket(AuditEvent.PacketReceived, received.RowId)),
            new Enqueue(proven, Sample.Bytes(100)),
            new AppendAuditIntake(OfPacket(AuditEvent.PacketSent, proven.RowId)),
            new CompleteOutbox(proven.RowId, OutboxState.Delivered, Sample.Receipt(), null),
            new Enqueue(unproven, Sample.Bytes(100)),
            new AppendAuditIntake(OfPacket(AuditEvent.PacketSent, unproven.RowId)),
            new CompleteOutbox(unproven.RowId, OutboxState.Delivered, Sample.Receipt(), null),
        ];
        Assert.True((await store.CommitAsync(new NodeTransaction("packets", changes), default)).IsCommitted);
        return proven.RowId;
    }

    private async Task AdoptAsync(SqliteNodeStore store, TestLog log)
    {
        var lost = Sample.OfPacket(AuditEvent.PacketReceived) with { DetailDigest = null, Detail = null };
        var adoption = await log.PrepareAdoptionAsync(4, [Pad(), lost.ToEntry().ToBytes(), Pad()]);
        Assert.True(await store.AdoptEntriesAsync(adoption, default));
    }

    private async Task ProveAsync(SqliteNodeStore store, AuditHead head, RowId packet)
    {
        // As good as another node's log.
        var proof = new TlogProof(
            5, (await InclusionProof.BuildAsync(store.Tiles, 5, head.Size, default)).Value, Note(head.Size, head.Root));
        var row = new OutboxProofRow
        {
            RowId = packet,
            PeerEntryIndex = 5,
            Entry = (await store.ReadEntriesAsync(5, 1, default))[0],
            Proof = proof.ToBytes(),
        };
        Assert.True((await store.CommitAsync(
            new NodeTransaction(
                "prove",
                new StoreProof(row),
                new AppendAuditIntake(OfPacket(AuditEvent.ReceiptStored, packet, 5))),
            default)).IsCommitted);
    }

    private async Task FillPeersAsync(SqliteNodeStore store, AuditHead head)
    {
        var (note, other) = (Note(head.Size, head.Root).ToBytes(), Note(head.Size, Digest.Of([1])).ToBytes());
        Assert.True(await store.CompareAndStoreWitnessedAsync(
            null, new WitnessedLog(Origin, head.Size, head.Root, note), default));
        var entries = Enumerable.Range(0, 300).Select(_ => Pad()).ToArray();
        var update = await Mirroring.NextAsync(store.MirroredTiles(Origin), Origin, 0, entries);
        Assert.True(await store.StoreMirroredAsync(
            update with
            {
                Checkpoint = new MirroredCheckpoint(300, update.Root, Note(300, update.Root).ToBytes()),
            },
            default));
        await store.StoreSeenAsync(new SeenCheckpoint(Origin, head.Size, head.Root, note), default);
        await store.StoreSeenAsync(new SeenCheckpoint(Origin, head.Size, Digest.Of([1]), other), default);
    }

    private async Task CheckpointAsync(SqliteNodeStore store, TestLog log, bool isSigned)
    {
        await PadAsync(store, log, 4);
        var (size, root, generation) = log.Head;
        Assert.True(await store.RecordCheckpointAsync(size, root, Sample.Now, generation, default));
        Assert.True(!isSigned || await store.StoreNoteAsync(size, Note(size, root).ToBytes(), default));
    }

    private async Task PadAsync(SqliteNodeStore store, TestLog log, int count)
    {
        Assert.Equal(0, await store.CountAuditIntakeAsync(default));
        Assert.True(await log.TakeAsync(
            await log.PrepareAsync([.. Enumerable.Range(0, count).Select(_ => new IntegratedEntry(Pad()))])));
    }

    private byte[] Pad()
    {
        var pad = TestLog.Pad();
        _pads.Add(LogEntry.Parse(pad).Value.Detail!.Value);
        return pad;
    }

    private SignedNote Note(long size, Digest root) =>
        CheckpointSigning.Sign(new Checkpoint(Origin, size, root), _key);

    private static async Task<Digest> DigestAsync(SqliteNodeStore store, long index) =>
        LogEntry.Parse((await store.ReadEntriesAsync(index, 1, default))[0].Span).Value.Detail!.Value;
}
