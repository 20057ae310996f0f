using System.Text;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>What a thief of the folder finds: nothing readable, and nothing that was erased.</summary>
public sealed class AtRestTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_AfterSealedRowsWereStored_HoldNoMarker()
    {
        var marker = "Lindwurmsteinbruch"u8.ToArray();
        using var keys = Keystore.Create(Path.Combine(_folder.FolderPath, "keystore"), "a passphrase"u8).Value;
        var row = Sample.Case();
        row = row with { Sealed = keys.Seal(Sample.Now, "cases", row.CaseId.ToArray(), marker) };
        await using var store = await _folder.OpenAsync();

        await StoreAssert.CommitsAsync(store, new PutCase(row, 0));

        var stored = await store.GetCaseAsync(row.CaseId, default);
        Assert.Equal(marker, keys.Open("cases", row.CaseId.ToArray(), stored!.Sealed).Value);
        Assert.False(Holds(marker));
        Assert.False(Holds(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(marker))));
        Assert.True(Holds(row.CaseId.ToArray()));  // the search finds what is there
    }

    [Fact]
    public async Task Files_AfterASeedWasDestroyed_HoldNoCopyOfIt()
    {
        var seed = Sample.Seed(20514);
        await using var store = await _folder.OpenAsync();
        await StoreAssert.CommitsAsync(store, new PutEpochSeed(seed));
        Assert.True(Holds(seed.Seed!.WrappedKey) && Holds(seed.Seed.Ciphertext));

        await StoreAssert.CommitsAsync(store, new DestroyEpochSeed(20514, Sample.Now));
        await AssertErasedAsync(store, seed.Seed.WrappedKey, seed.Seed.Ciphertext);
    }

    [Fact]
    public async Task Files_AfterAPacketWasCancelled_HoldNoCopyOfItsEnvelope()
    {
        var row = Sample.Outbox(Sample.Peer());
        var body = Sample.Bytes(50_000);
        await using var store = await _folder.OpenAsync();
        await StoreAssert.CommitsAsync(store, new Enqueue(row, body));
        Assert.True(Holds(body.AsSpan(0, 1000)));

        await StoreAssert.CommitsAsync(store, new CancelOutbox(row.RowId));
        await AssertErasedAsync(store, body[..1000], body[20_000..21_000], body[^1000..]);
    }

    [Fact]
    public async Task Files_AfterACrashRightAfterASeedWasDestroyed_HoldNoCopyOnceOpened()
    {
        var (seed, copy) = (Sample.Seed(20514), string.Empty);
        await using (var store = await _folder.OpenAsync(
            new SqliteStoreOptions { AtCommit = (point, names) => copy = CopyAfter("destroy", point, names) ?? copy }))
        {
            await StoreAssert.CommitsAsync(store, new PutEpochSeed(seed));
            await store.CommitAsync(
                Sample.Transaction("destroy", [new DestroyEpochSeed(20514, Sample.Now)]), default);
        }

        Assert.True(Holds(seed.Seed!.Ciphertext, Path.GetDirectoryName(copy)!));
        await using var again = await StoreFolder.OpenAsync(copy);
        Assert.False(Holds(seed.Seed.Ciphertext, Path.GetDirectoryName(copy)!));
    }

    [Fact]
    public async Task Files_AfterASeedWasDestroyedWithAnUnknownOutcome_HoldNoCopySoonAfter()
    {
        var seed = Sample.Seed(20514);
        await using var store = await _folder.OpenAsync(new SqliteStoreOptions { AtCommit = FailAfterDestroying });
        await StoreAssert.CommitsAsync(store, new PutEpochSeed(seed));
        await store.ListUsersAsync(1, default);  // a reader stays, so closing the writer does not empty the WAL

        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(
            Sample.Transaction("destroy", [new DestroyEpochSeed(20514, Sample.Now)]), default));

        await AssertErasedSoonAsync(seed.Seed!.Ciphertext);
    }

    [Fact]
    public async Task Files_OfAnIdleNode_HoldNoCopySoonAfterTheReaderIsGone()
    {
        var seed = Sample.Seed(20514);
        await using var store = await _folder.OpenAsync();
        await StoreAssert.CommitsAsync(store, new PutEpochSeed(seed));
        using (var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction(deferred: true);
            await using var read = connection.CreateCommand();
            read.CommandText = "SELECT count(*) FROM epoch_seeds";
            await read.ExecuteScalarAsync();
            await StoreAssert.CommitsAsync(store, new DestroyEpochSeed(20514, Sample.Now));
            Assert.True(Holds(seed.Seed!.Ciphertext));
        }

        await AssertErasedSoonAsync(seed.Seed.Ciphertext);
    }

    private static void FailAfterDestroying(CommitPoint point, IReadOnlyList<string> names)
    {
        if (point == CommitPoint.AfterCommit && names.Contains("destroy"))
        {
            throw new IOException("A fault on purpose.");
        }
    }

    private string? CopyAfter(string name, CommitPoint point, IReadOnlyList<string> names) =>
        point == CommitPoint.AfterCommit && names.Contains(name) ? _folder.CopyAsAfterACrash() : null;

    private async Task AssertErasedSoonAsync(byte[] erased)
    {
        // The writer pays what it owes within seconds; nothing outside it tells when.
        for (var i = 0; i < 200 && Holds(erased); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.False(Holds(erased));
    }

    private async Task AssertErasedAsync(SqliteNodeStore store, params byte[][] erased)
    {
        // The commit was answered after the WAL was emptied, so nothing has to be closed for that.
        Assert.All(erased, bytes => Assert.False(Holds(bytes)));
        await store.DisposeAsync();
        Assert.All(erased, bytes => Assert.False(Holds(bytes)));
    }

    private bool Holds(ReadOnlySpan<byte> bytes, string? folder = null)
    {
        foreach (var file in Directory.GetFiles(folder ?? _folder.FolderPath, "node.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            if (content.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
