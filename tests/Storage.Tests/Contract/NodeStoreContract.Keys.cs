using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task GetEpochSeeds_FromADay_ListsEarliestFirst()
    {
        var seeds = new[] { Sample.Seed(20500), Sample.Seed(20501), Sample.Seed(20502) };
        await StoreAssert.CommitsAsync(Store, [.. seeds.Reverse().Select(seed => new PutEpochSeed(seed))]);

        StoreAssert.Same(seeds, await Store.GetEpochSeedsAsync(0, default));
        StoreAssert.Same(seeds[1..], await Store.GetEpochSeedsAsync(20501, default));
    }

    [Fact]
    public async Task PutEpochSeed_OfKnownDay_Conflicts()
    {
        var seed = Sample.Seed(20500);
        await StoreAssert.CommitsAsync(Store, new PutEpochSeed(seed));

        await StoreAssert.ConflictsAsync(Store, 0, new PutEpochSeed(Sample.Seed(20500)));

        StoreAssert.Same(new[] { seed }, await Store.GetEpochSeedsAsync(0, default));
    }

    [Fact]
    public async Task PutEpochSeed_OfADayWhoseSeedIsDestroyed_ReplacesIt()
    {
        await StoreAssert.CommitsAsync(
            Store, new PutEpochSeed(Sample.Seed(20500)), new DestroyEpochSeed(20500, Sample.Now));
        var again = Sample.Seed(20500);

        await StoreAssert.CommitsAsync(Store, new PutEpochSeed(again));

        StoreAssert.Same(new[] { again }, await Store.GetEpochSeedsAsync(0, default));
    }

    [Fact]
    public async Task DestroyEpochSeed_OfHeldSeed_LeavesThePublicRecord()
    {
        var seed = Sample.Seed(20500);
        await StoreAssert.CommitsAsync(Store, new PutEpochSeed(seed));

        await StoreAssert.CommitsAsync(Store, new DestroyEpochSeed(20500, Sample.Now));

        StoreAssert.Same(
            new[] { seed with { Seed = null, DestroyedAt = Sample.Now } }, await Store.GetEpochSeedsAsync(0, default));
        await StoreAssert.ConflictsAsync(Store, 0, new DestroyEpochSeed(20500, Sample.Now));
        await StoreAssert.ConflictsAsync(Store, 0, new DestroyEpochSeed(20501, Sample.Now));
    }

    [Fact]
    public async Task PutPeerEpochKeys_Again_ReplacesThatPeersKeysAlone()
    {
        var (one, other) = (Sample.Peer(), Sample.Peer());
        var (old, kept, fresh) = (Sample.PeerKey(1), Sample.PeerKey(1), Sample.PeerKey(2));
        await PutPeerKeysAsync(one, old);
        await PutPeerKeysAsync(other, kept);

        await PutPeerKeysAsync(one, fresh);

        StoreAssert.Same(new[] { fresh }, await Store.GetPeerEpochKeysAsync(one, default));
        StoreAssert.Same(new[] { kept }, await Store.GetPeerEpochKeysAsync(other, default));
        Assert.Empty(await Store.GetPeerEpochKeysAsync(Sample.Peer(), default));
    }

    [Fact]
    public async Task PutMeta_Again_ReplacesTheValue()
    {
        await PutMetaAsync("directory.version", [1]);
        await PutMetaAsync("directory.version", [2, 3]);
        await PutMetaAsync("empty", []);

        StoreAssert.Same(new byte[] { 2, 3 }, await Store.GetMetaAsync("directory.version", default));
        StoreAssert.Same(Array.Empty<byte>(), await Store.GetMetaAsync("empty", default));
        Assert.Null(await Store.GetMetaAsync("unknown", default));
    }

    private async Task PutPeerKeysAsync(PeerIndex peer, params Rows.PeerEpochKeyRow[] rows)
    {
        var outcome = await Store.CommitAsync(
            new NodeTransaction(HouseKeeping.PeerEpochKeys, new PutPeerEpochKeys(peer, rows)), default);
        Assert.True(outcome.IsCommitted);
    }

    private async Task PutMetaAsync(string key, byte[] value)
    {
        var outcome = await Store.CommitAsync(
            new NodeTransaction(HouseKeeping.Meta, new PutMeta(key, value)), default);
        Assert.True(outcome.IsCommitted);
    }
}
