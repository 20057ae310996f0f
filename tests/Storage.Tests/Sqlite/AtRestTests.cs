using System.Text;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Sqlite;

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

    private async Task AssertErasedAsync(SqliteNodeStore store, params byte[][] erased)
    {
        // The next commit is answered after the WAL was emptied, so nothing has to be closed for that.
        await StoreAssert.CommitsAsync(store, new PutCase(Sample.Case(), 0));
        Assert.All(erased, bytes => Assert.False(Holds(bytes)));
        await store.DisposeAsync();
        Assert.All(erased, bytes => Assert.False(Holds(bytes)));
    }

    private bool Holds(ReadOnlySpan<byte> bytes)
    {
        foreach (var file in Directory.GetFiles(_folder.FolderPath, "node.db*"))
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
