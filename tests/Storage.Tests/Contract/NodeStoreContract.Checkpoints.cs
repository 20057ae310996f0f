using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task RecordCheckpoint_OfTheHead_IsReadBack()
    {
        var log = await GrowAsync(4);

        Assert.True(await RecordAsync(log.Head));

        var expected = new AuditCheckpointRow
        {
            Size = 4,
            Root = log.Head.Root,
            At = Sample.Now,
            Generation = 1,
        };
        StoreAssert.Same(expected, await Log.GetCheckpointAsync(4, default));
        StoreAssert.Same(expected, await Log.GetNewestCheckpointAsync(false, default));
        Assert.Null(await Log.GetNewestCheckpointAsync(true, default));
        Assert.Null(await Log.GetCheckpointAsync(3, default));
    }

    [Fact]
    public async Task RecordCheckpoint_OfAnythingButTheHead_IsRefused()
    {
        var log = await GrowAsync(4);
        var old = log.Head;
        await log.TakeAsync(await log.PrepareAsync(pads: 4));

        Assert.False(await RecordAsync(old));
        Assert.False(await RecordAsync(log.Head with { Root = Digest.Of([1]) }));
        Assert.False(await RecordAsync(log.Head with { Size = 12 }));
        Assert.False(await RecordAsync(log.Head with { Generation = 2 }));
        Assert.Null(await Log.GetNewestCheckpointAsync(false, default));
    }

    [Fact]
    public async Task RecordCheckpoint_Again_IsAllowedAndKeepsTheFirst()
    {
        var log = await GrowAsync(4);
        await RecordAsync(log.Head);

        Assert.True(await Log.RecordCheckpointAsync(4, log.Head.Root, Sample.Now.AddMinutes(1), 1, default));

        Assert.Equal(Sample.Now, (await Log.GetCheckpointAsync(4, default))!.At);
    }

    [Fact]
    public async Task RecordCheckpoint_AfterARollbackWasFound_IsRefused()
    {
        var log = await GrowAsync(4);
        Assert.Equal(AuditLogState.Signing, await Log.GetAuditLogStateAsync(default));
        await Log.SetAuditLogStateAsync(AuditLogState.RolledBack, default);

        Assert.False(await RecordAsync(log.Head));

        Assert.Equal(AuditLogState.RolledBack, await Log.GetAuditLogStateAsync(default));
        await Log.SetAuditLogStateAsync(AuditLogState.Signing, default);
        Assert.True(await RecordAsync(log.Head));
    }

    [Fact]
    public async Task StoreNote_OfARecordedSize_IsKeptAndReplaced()
    {
        var log = await GrowAsync(4);
        await RecordAsync(log.Head);
        var (note, cosigned) = (Sample.Bytes(200), Sample.Bytes(16384));

        Assert.True(await Log.StoreNoteAsync(4, note, default));
        Assert.Equal(note, (await Log.GetNewestCheckpointAsync(true, default))!.Note!.Value.ToArray());
        Assert.True(await Log.StoreNoteAsync(4, cosigned, default));

        Assert.Equal(cosigned, (await Log.GetCheckpointAsync(4, default))!.Note!.Value.ToArray());
    }

    [Fact]
    public async Task StoreNote_OfAnotherSizeOrTooLarge_IsRefused()
    {
        Assert.False(await Log.StoreNoteAsync(4, new byte[1], default));
        await Assert.ThrowsAsync<ArgumentException>(() => Log.StoreNoteAsync(4, new byte[16385], default));
        await Assert.ThrowsAsync<ArgumentException>(() => Log.StoreNoteAsync(4, default, default));
    }

    [Fact]
    public async Task GetNewestCheckpoint_Signed_PassesOverWhatIsNotSignedYet()
    {
        var log = await GrowAsync(4);
        await RecordAsync(log.Head);
        await Log.StoreNoteAsync(4, new byte[1], default);
        await log.TakeAsync(await log.PrepareAsync(pads: 4));
        await RecordAsync(log.Head);

        Assert.Equal(4, (await Log.GetNewestCheckpointAsync(true, default))!.Size);
        Assert.Equal(8, (await Log.GetNewestCheckpointAsync(false, default))!.Size);
    }

    private async Task<TestLog> GrowAsync(int pads)
    {
        var log = await TestLog.BeginAsync(Log);
        Assert.True(await log.TakeAsync(await log.PrepareAsync(pads: pads)));
        return log;
    }

    private Task<bool> RecordAsync(AuditHead head) =>
        Log.RecordCheckpointAsync(head.Size, head.Root, Sample.Now, head.Generation, default);
}
