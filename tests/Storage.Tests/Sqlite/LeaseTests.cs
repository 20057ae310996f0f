using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>A lease belongs to a process; the lock on the folder says that no other one lives.</summary>
public sealed class LeaseTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_AfterAProcessThatHeldLeases_MakesItsPacketsDue()
    {
        var now = Sample.Now;
        var row = Sample.Outbox(Sample.Peer());
        await using (var store = await _folder.OpenAsync())
        {
            await store.CommitAsync(Sample.Transaction(new Enqueue(row, Sample.Bytes(10))), default);
            Assert.Single(await store.ClaimOutboxAsync(row.PeerIndex, 1, now, now.AddHours(1), "gone", default));
        }

        await using var again = await _folder.OpenAsync(new SqliteStoreOptions());

        Assert.Single(await again.ClaimOutboxAsync(row.PeerIndex, 1, now, now.AddHours(1), "new", default));
    }
}
