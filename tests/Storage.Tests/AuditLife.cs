using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests;

/// <summary>What a node does with its audit log, call by call, and what it was told each time. When a call fails it
/// reads what is stored and goes on from there, as the node does.</summary>
internal sealed class AuditLife<TStore>(TStore store)
    where TStore : INodeStore, IAuditStore
{
    private const string Origin = "log.example.org/lv/0123456789abcdef/1";

    private TestLog? _log;

    public AuditFacts Facts { get; init; } = new();

    public async Task AppendAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var row = Sample.Audit();
            Facts.Sent.Add(row.DetailDigest!.Value);
            try
            {
                var transaction = new NodeTransaction("test-case", new AppendAuditIntake(row));
                Assert.True((await store.CommitAsync(transaction, default)).IsCommitted);
                Facts.Acknowledged.Add(row.DetailDigest.Value);
            }
            catch (StoreException)
            {
                i--;  // whoever asked for it asks again
            }
        }
    }

    public Task IntegrateAsync() => UntilDoneAsync(async () =>
    {
        var log = await LogAsync();
        while (await store.CountAuditIntakeAsync(default) > 0)
        {
            Assert.True(await log.TakeAsync(await log.PrepareAsync()));
        }
    });

    public async Task PublishAsync()
    {
        await IntegrateAsync();
        await UntilDoneAsync(async () =>
        {
            var log = await LogAsync();
            if (log.Head.Size % 4 != 0)
            {
                Assert.True(await log.TakeAsync(await log.PrepareAsync(pads: (int)(4 - (log.Head.Size % 4)))));
            }
        });
        await UntilDoneAsync(async () =>
        {
            var head = (await LogAsync()).Head;
            Assert.True(
                await store.RecordCheckpointAsync(head.Size, head.Root, Sample.Now, head.Generation, default));

            // From here on a signature may have left the node.
            Assert.True(Facts.Signed.TryAdd(head.Size, head.Root) || Facts.Signed[head.Size] == head.Root);
        });
        await UntilDoneAsync(async () => Assert.True(
            await store.StoreNoteAsync((await LogAsync()).Head.Size, Sample.Bytes(100), default)));
    }

    public Task EraseAsync() => UntilDoneAsync(async () =>
    {
        var oldest = await OldestDetailAsync();
        await store.CommitAsync(
            new NodeTransaction(
                "retention",
                new EraseDetail(oldest.Index, oldest.Digest),
                new AppendAuditIntake(Sample.Erased(oldest.Index, oldest.Digest))),
            default);
        Facts.Erased.Add(oldest.Index);
    });

    private async Task<AuditDetailRow> OldestDetailAsync()
    {
        for (var index = 0; ; index++)
        {
            if (await store.GetDetailAsync(index, default) is { } detail)
            {
                return detail;
            }
        }
    }

    /// <summary>Acts as a witness and as a mirror for another node.</summary>
    public async Task ServeAsync()
    {
        await UntilDoneAsync(async () =>
        {
            var before = await store.GetWitnessedAsync(Origin, default);
            var next = new WitnessedLog(Origin, (before?.Size ?? 0) + 4, Digest.Of(Sample.Bytes(8)), Sample.Bytes(100));
            Assert.True(await store.CompareAndStoreWitnessedAsync(
                before is null ? null : (before.Size, before.Root), next, default));
            Facts.Cosigned = next.Size;
        });
        await UntilDoneAsync(async () =>
        {
            var held = (await store.GetMirroredAsync(Origin, default))?.Size ?? 0;
            var update = await Mirroring.NextAsync(store.MirroredTiles(Origin), Origin, held, TestLog.Pad());
            Assert.True(await store.StoreMirroredAsync(update, default));
            Facts.Mirrored = update.NewSize;
        });
        await UntilDoneAsync(() => store.StoreSeenAsync(
            new SeenCheckpoint(Origin, 4, Digest.Of(Sample.Bytes(8)), Sample.Bytes(100)), default));
    }

    /// <summary>A witness was found ahead: what was lost is read back, what was written since is put behind
    /// it.</summary>
    public async Task RollBackAsync()
    {
        await UntilDoneAsync(() => store.SetAuditLogStateAsync(AuditLogState.RolledBack, default));
        var lost = Sample.OfPacket(AuditEvent.PacketReceived);
        byte[][] entries = [TestLog.Pad(), TestLog.Pad(), lost.ToEntry().ToBytes(), TestLog.Pad()];
        await UntilDoneAsync(async () =>
        {
            if (await store.IsLostTagAsync(lost.Tag, default))
            {
                return;  // it was kept after all
            }

            var log = await LogAsync();
            var common = (await store.GetNewestCheckpointAsync(false, default))!.Size;
            Assert.True(await store.AdoptEntriesAsync(await log.PrepareAdoptionAsync(common, entries), default));
            throw new StoreException(new(Outcomes.RefusalCode.StoreUnavailable, "The log is read again."));
        });
        Assert.True(await store.IsLostTagAsync(lost.Tag, default));
        await UntilDoneAsync(() => store.SetAuditLogStateAsync(AuditLogState.Signing, default));
    }

    private async Task<TestLog> LogAsync() => _log ??= await TestLog.BeginAsync(store);

    private async Task UntilDoneAsync(Func<Task> act)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (StoreException)
            {
                _log = null;
            }
        }
    }
}
