using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Once the erasure of a detail is acknowledged, no byte of it is left in any file of the store: not where it
/// lies now, not where it lay in the intake, not in the log of the database.</summary>
public sealed class AuditErasureTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(560)]
    [InlineData(16_384)]
    [InlineData(70_000)]
    public async Task Files_AfterADetailWasErased_HoldNoPieceOfIt(int sizeBytes)
    {
        await using var store = await _folder.OpenAsync();
        var rows = await AppendAsync(store, 3, sizeBytes);
        await (await TestLog.BeginAsync(store)).IntegrateAllAsync();
        var pieces = rows.Select(row => Pieces(row).Where(piece => _folder.Holds(piece)).ToList()).ToArray();

        // The end of a page may go through a few.
        Assert.All(pieces, found => Assert.InRange(found.Count, (Pieces(rows[1]).Count() * 9 / 10) - 1, int.MaxValue));

        await EraseAsync(store, 1, rows[1]);

        Assert.All(Pieces(rows[1]), piece => Assert.False(_folder.Holds(piece)));
        Assert.All(pieces[0].Concat(pieces[2]), piece => Assert.True(_folder.Holds(piece)));
    }

    [Fact]
    public async Task Files_AfterManyDetailsWereErasedInAnyOrder_HoldNoPieceOfThem()
    {
        await using var store = await _folder.OpenAsync();
        var log = await TestLog.BeginAsync(store);
        var rows = new List<AuditIntakeRow>();
        for (var round = 0; round < 20; round++)
        {
            rows.AddRange(await AppendAsync(store, 15, 560));
            await log.TakeAsync(await log.PrepareAsync(max: 7));
        }

        await log.IntegrateAllAsync();
        var order = Enumerable.Range(0, rows.Count).ToArray();
        System.Security.Cryptography.RandomNumberGenerator.Shuffle(order.AsSpan());
        foreach (var part in order.Chunk(60))
        {
            foreach (var index in part)
            {
                await EraseAsync(store, index, rows[index]);
            }

            var content = _folder.Content();
            Assert.All(
                order.TakeWhile(index => index != part[^1]).Append(part[^1]),
                index => Assert.DoesNotContain(Pieces(rows[index]), piece => content.AsSpan().IndexOf(piece) >= 0));
        }
    }

    [Fact]
    public async Task Files_AfterACrashRightAfterAnErasure_HoldNoPieceOnceOpened()
    {
        var copy = string.Empty;
        var row = Sample.Audit();
        await using (var store = await _folder.OpenAsync(new SqliteStoreOptions
        {
            AtCommit = (point, names) => copy = point == CommitPoint.AfterCommit && names.Contains("retention")
                ? _folder.CopyAsAfterACrash() : copy,
        }))
        {
            await TestLog.AppendAsync(store, 1, () => row);
            await (await TestLog.BeginAsync(store)).IntegrateAllAsync();
            await EraseAsync(store, 0, row);
        }

        var folder = Path.GetDirectoryName(copy)!;
        Assert.True(StoreFolder.Holds(folder, row.Detail!.Ciphertext));
        await using var again = await StoreFolder.OpenAsync(copy);
        Assert.False(StoreFolder.Holds(folder, row.Detail.Ciphertext));
        Assert.Null(await again.GetDetailAsync(0, default));
    }

    private static Task<AuditIntakeRow[]> AppendAsync(SqliteNodeStore store, int count, int sizeBytes) =>
        TestLog.AppendAsync(store, count, () => Sample.Audit() with { Detail = Sample.Sealed(sizeBytes) });

    private static async Task EraseAsync(SqliteNodeStore store, long index, AuditIntakeRow row) =>
        Assert.True((await store.CommitAsync(
            new NodeTransaction(
                "retention",
                new EraseDetail(index, row.DetailDigest!.Value),
                new AppendAuditIntake(Sample.Erased(index, row.DetailDigest.Value))),
            default)).IsCommitted);

    // Small enough that a page boundary spares some of them, wherever it lies.
    private static IEnumerable<byte[]> Pieces(AuditIntakeRow row) =>
        [row.Detail!.WrappedKey, .. row.Detail.Ciphertext.Chunk(64).Where((_, place) => place % 8 == 0)];
}
