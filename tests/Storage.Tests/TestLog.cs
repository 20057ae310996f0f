using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests;

/// <summary>The smallest sequencer that keeps the rules; reads everything anew for each step.</summary>
internal sealed class TestLog(IAuditStore store, AuditHead head)
{
    /// <summary>The head as this sequencer knows it.</summary>
    public AuditHead Head { get; private set; } = head;

    public static async Task<TestLog> BeginAsync(IAuditStore store) =>
        new(store, await store.BeginGenerationAsync(default));

    /// <summary>Commits local rows and returns them.</summary>
    public static async Task<AuditIntakeRow[]> AppendAsync(
        INodeStore store, int count, Func<AuditIntakeRow>? make = null)
    {
        var rows = Enumerable.Range(0, count).Select(_ => (make ?? Sample.Audit)()).ToArray();
        foreach (var part in rows.Chunk(NodeTransaction.ChangesMax))
        {
            Assert.True((await store.CommitAsync(
                new NodeTransaction("test-case", [.. part.Select(row => new AppendAuditIntake(row))]), default))
                .IsCommitted);
        }

        return rows;
    }

    /// <summary>Makes the next step of what waits and of pads, without taking it.</summary>
    public async Task<AuditIntegration> PrepareAsync(int max = AuditIntegration.EntriesMax, int pads = 0)
    {
        var rows = await store.ReadWaitingAsync(max, default);
        return await PrepareAsync(
            [
                .. rows.Select(row => new IntegratedEntry(row.ToEntry().ToBytes(), row.Sequence, row.Subject)),
                .. Enumerable.Range(0, pads).Select(_ => new IntegratedEntry(Pad())),
            ]);
    }

    public async Task<AuditIntegration> PrepareAsync(IReadOnlyList<IntegratedEntry> entries)
    {
        var edge = await EdgeAsync(Head.Size);
        foreach (var entry in entries)
        {
            edge.Append(LogHash.Leaf(entry.Entry.Span));
        }

        return new AuditIntegration
        {
            Generation = Head.Generation,
            ExpectedSize = Head.Size,
            Entries = entries,
            Tiles = edge.TakeChanged(),
            Root = edge.Root(),
        };
    }

    public async Task<AuditAdoption> PrepareAdoptionAsync(
        long commonSize, IReadOnlyList<byte[]> entries, params AuditIntakeRow[] notices)
    {
        var edge = await EdgeAsync(commonSize);
        foreach (var entry in entries)
        {
            edge.Append(LogHash.Leaf(entry));
        }

        return new AuditAdoption
        {
            Generation = Head.Generation,
            ExpectedSize = Head.Size,
            CommonSize = commonSize,
            Entries = [.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)],
            Tiles = edge.TakeChanged(),
            Root = edge.Root(),
            Notices = notices,
        };
    }

    /// <summary>Takes a step; the known head moves on when it was kept.</summary>
    public async Task<bool> TakeAsync(AuditIntegration integration)
    {
        var isKept = await store.IntegrateAsync(integration, default);
        Head = isKept ? Head with { Size = integration.NewSize, Root = integration.Root } : Head;
        return isKept;
    }

    /// <summary>Moves everything that waits into the tree, then pads.</summary>
    public async Task IntegrateAllAsync(int pads = 0)
    {
        while (await store.CountAuditIntakeAsync(default) > 0)
        {
            Assert.True(await TakeAsync(await PrepareAsync()));
        }

        if (pads > 0)
        {
            Assert.True(await TakeAsync(await PrepareAsync(pads: pads)));
        }
    }

    public async Task<RightEdge> EdgeAsync(long size) =>
        (await RightEdge.LoadAsync(store.Tiles, size, default)).Value;

    public static byte[] Pad() => (Sample.Audit() with { Detail = null }).ToEntry().ToBytes();

    /// <summary>Says that head, tiles and entries are of one tree, by rehashing all of it.</summary>
    public static async Task AssertSoundAsync(IAuditStore store)
    {
        var head = await store.GetAuditHeadAsync(default);
        var edge = RightEdge.Empty();
        while (edge.Size < head.Size)
        {
            var entries = await store.ReadEntriesAsync(edge.Size, AuditIntegration.EntriesMax, default);
            Assert.NotEmpty(entries);
            foreach (var entry in entries)
            {
                edge.Append(LogHash.Leaf(entry.Span));
            }
        }

        Assert.Equal(head.Size, edge.Size);
        Assert.Equal(head.Root, edge.Root());
        foreach (var tile in edge.TakeChanged())
        {
            Assert.Equal(tile.Hashes, (await store.Tiles.ReadTileAsync(tile.Id, default))!.Value.ToArray());
        }
    }

    /// <summary>The details' digests of all entries, in order.</summary>
    public static async Task<List<Digest>> DigestsAsync(IAuditStore store)
    {
        var digests = new List<Digest>();
        while (await store.ReadEntriesAsync(digests.Count, 1000, default) is { Count: > 0 } entries)
        {
            digests.AddRange(entries.Select(entry => LogEntry.Parse(entry.Span).Value.Detail ?? default));
        }

        return digests;
    }

    /// <summary>The details' digests of all entries and of all rows that wait.</summary>
    public static async Task<List<Digest>> DigestsOfRowsAsync(IAuditStore store) =>
    [
        .. (await DigestsAsync(store)).Where(digest => digest != default),
        .. (await store.ReadWaitingAsync(1000, default)).Select(row => row.DetailDigest).OfType<Digest>(),
    ];
}
