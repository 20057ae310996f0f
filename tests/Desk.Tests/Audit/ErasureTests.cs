using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>The retention run: what is erased is gone from every file, the log says so, and every earlier proof still
/// verifies.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private TestNetwork _network = null!;  // set before any test runs
    private TestPublisher _publisher = null!;  // likewise

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.StartAsync(1);
        _publisher = await TestPublisher.BeginAsync(Origin, _network.Time);

        // What the start has noted is erased first, and then the note of that run is the only one that is kept.
        await _publisher.PublishAsync();
        _network.Time.Advance(KeptFor + KeptFor);
        await Origin.Services.Erase.RunAsync(KeptFor, default);
        await _publisher.PublishAsync();
    }

    public async Task DisposeAsync()
    {
        _publisher.Dispose();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task Run_SomeAreOlder_ErasesThoseOnlyAndSaysWhich()
    {
        var older = await LogAsync(5);
        _network.Time.Advance(KeptFor);
        var newer = await LogAsync(3);
        _network.Time.Advance(TimeSpan.FromMinutes(1));
        var before = (await _publisher.EntriesAsync()).Count;

        Assert.Equal(older.Count + 1, await Origin.Services.Erase.RunAsync(KeptFor, default));

        await _publisher.PublishAsync();
        var entries = await _publisher.EntriesAsync();
        var erasures = entries.Skip(before).Where(entry => entry.Event is AuditEvent.DetailErased).ToArray();
        Assert.Equal(older.Count + 1, erasures.Length);
        Assert.All(erasures, entry => Assert.Equal(entries[(int)entry.Index].Detail, entry.Tag));
        Assert.All(older, index => Assert.Single(erasures, entry => entry.Index == index));
        foreach (var index in older)
        {
            Assert.Null(await Origin.Audit.GetDetailAsync(index, default));
        }

        foreach (var index in newer)
        {
            Assert.NotNull(await Origin.Audit.GetDetailAsync(index, default));
        }
    }

    [Fact]
    public async Task Run_EarlierProofs_StillVerify()
    {
        var older = await LogAsync(20);
        var note = await _publisher.PublishAsync();
        var size = Checkpoint.Parse(note.Text).Value.Size;
        var proofs = new List<(ReadOnlyMemory<byte> Entry, TlogProof Proof)>();
        foreach (var index in older)
        {
            var hashes = await InclusionProof.BuildAsync(Origin.Audit.Tiles, index, size, default);
            var entry = (await Origin.Audit.ReadEntriesAsync(index, 1, default))[0];
            proofs.Add((entry, new TlogProof(index, hashes.Value, note)));
        }

        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));
        await Origin.Services.Erase.RunAsync(KeptFor, default);
        await _publisher.PublishAsync();

        var key = Origin.Directory.Now.Nodes.Single(node => node.Id == Origin.Id).Log!.LogKey;
        foreach (var (index, (entry, proof)) in older.Zip(proofs))
        {
            Assert.Null(await Origin.Audit.GetDetailAsync(index, default));
            Assert.True(proof.Verify(entry.Span, key, [], 0).IsOk);
            Assert.Equal(entry.ToArray(), (await Origin.Audit.ReadEntriesAsync(index, 1, default))[0].ToArray());
        }
    }

    [Fact]
    public async Task Run_WhatWasErased_IsInNoFile()
    {
        var older = await LogAsync(4);
        var (sealedForms, plain) = (new List<byte[]>(), new List<byte[]>());
        foreach (var index in older)
        {
            var row = (await Origin.Audit.GetDetailAsync(index, default))!;
            var bytes = Origin.Keys.Open("audit_detail", row.Digest.ToArray(), row.Sealed).Value;
            sealedForms.AddRange([row.Sealed.Ciphertext, row.Sealed.WrappedKey]);
            plain.Add(bytes[17..96]);  // nonce, kind and the first of the content
        }

        Assert.True(await CountAsync(sealedForms) >= sealedForms.Count);  // the search finds what is there
        Assert.Equal(0, await CountAsync(plain));
        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));

        await Origin.Services.Erase.RunAsync(KeptFor, default);

        Assert.Equal(0, await CountAsync([.. sealedForms, .. plain]));
        await _publisher.PublishAsync();
        Assert.Equal(0, await CountAsync([.. sealedForms, .. plain]));
    }

    [Fact]
    public async Task Run_ManyAreOlder_GoesInBatchesAndNotesEachCount()
    {
        await LogAsync(EraseDetails.AtOnceMax + 30);
        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));
        var before = Origin.Watched.Committed.Count;

        var erased = await Origin.Services.Erase.RunAsync(KeptFor, default);

        var runs = Origin.Watched.Committed.Skip(before).ToArray();
        Assert.Equal(EraseDetails.AtOnceMax + 31, erased);
        Assert.Equal([EraseDetails.AtOnceMax, 31], runs.Select(run => run.Changes.OfType<EraseDetail>().Count()));
        Assert.All(runs, run =>
        {
            var noted = run.Changes.OfType<AppendAuditIntake>().Select(append => append.Row).ToArray();
            var detail = AuditEntry.Open(Origin.Keys, noted[^1]).Detail;
            Assert.Equal(AuditDetailKind.RetentionRun, detail.Kind);
            Assert.Equal(noted.Length - 1, detail.Count);
        });
    }

    [Theory]
    [InlineData(WatchedStore.Fault.NotKept)]
    [InlineData(WatchedStore.Fault.KeptButNotTold)]
    public async Task Run_StoreFails_TheNextRunGoesOn(WatchedStore.Fault fault)
    {
        var older = await LogAsync(EraseDetails.AtOnceMax + 30);
        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));
        Origin.Watched.Next = ("details-erase", fault);

        await Assert.ThrowsAsync<StoreException>(() => Origin.Services.Erase.RunAsync(KeptFor, default));
        await Origin.Services.Erase.RunAsync(KeptFor, default);
        await _publisher.PublishAsync();

        var targets = (await _publisher.EntriesAsync())
            .Where(entry => entry.Event is AuditEvent.DetailErased)
            .Select(entry => entry.Index)
            .ToArray();
        Assert.Equal(targets.Length, targets.Distinct().Count());
        Assert.All(older, index => Assert.Contains(index, targets));
    }

    [Fact]
    public async Task Run_TwoAtOnce_EraseEachDetailOnce()
    {
        var older = await LogAsync(30);
        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));
        Origin.Watched.Before = ("details-erase", () => Origin.Services.Erase.RunAsync(KeptFor, default));

        Assert.Equal(0, await Origin.Services.Erase.RunAsync(KeptFor, default));
        await _publisher.PublishAsync();

        var erasures = (await _publisher.EntriesAsync()).Where(entry => entry.Event is AuditEvent.DetailErased);
        Assert.All(older, index => Assert.Single(erasures, entry => entry.Index == index));
    }

    [Fact]
    public async Task Run_KeptForLongerThanTheCalendar_ErasesNothing()
    {
        await LogAsync(1);

        Assert.Equal(0, await Origin.Services.Erase.RunAsync(TimeSpan.FromDays(36_500), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Origin.Services.Erase.RunAsync(TimeSpan.Zero, default));
    }

    /// <summary>Has so many things happen, and gives their places in the log.</summary>
    private async Task<IReadOnlyList<long>> LogAsync(int count)
    {
        var before = (await _publisher.EntriesAsync()).Count;
        for (var i = 0; i < count; i++)
        {
            await Origin.Services.List.ListAsync(Origin.Act(Role.Auditor), null, default);  // denied
        }

        await _publisher.DrainAsync();
        return [.. Enumerable.Range(before, count).Select(index => (long)index)];
    }

    // In every file of the node: the database and what lies beside it.
    private async Task<int> CountAsync(IReadOnlyList<byte[]> needles)
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(Origin.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await ReadSharedAsync(file);
            count += needles.Count(needle => bytes.AsSpan().IndexOf(needle) >= 0);
        }

        return count;
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return copy.ToArray();
    }
}
