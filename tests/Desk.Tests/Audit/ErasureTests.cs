using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
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
        await _publisher.PublishAsync();
        _network.Time.Advance(KeptFor);
        var newer = await LogAsync(3);
        _network.Time.Advance(TimeSpan.FromMinutes(1));
        var before = await _publisher.EntriesAsync();
        var erasedBefore = TargetsOf(before).ToHashSet();
        var old = before.Index()
            .Where(pair => pair.Item.Detail is not null && pair.Index < newer[0] && !erasedBefore.Contains(pair.Index))
            .Select(pair => (long)pair.Index)
            .ToArray();

        Assert.Equal(old.Length, await Origin.Services.Erase.RunAsync(KeptFor, default));

        await _publisher.PublishAsync();
        var entries = await _publisher.EntriesAsync();
        var erasures = entries.Skip(before.Count).Where(entry => entry.Event is AuditEvent.DetailErased).ToArray();
        Assert.Subset(old.ToHashSet(), older.ToHashSet());
        Assert.True(old.Length > older.Count + 1);  // pads as well
        Assert.Equal(old, erasures.Select(entry => entry.Index));
        Assert.All(erasures, entry => Assert.Equal(entries[(int)entry.Index].Detail, entry.Tag));
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
    public async Task Run_PadsAreOlder_AreRefusedLikeTheRest()
    {
        var older = await LogAsync(5);
        await _publisher.PublishAsync();
        var pads = new AuditPads(Origin.Keys, Origin.Member.LogOrigin);
        var entries = await _publisher.EntriesAsync();
        var padded = entries.Index()
            .Where(pair => pair.Item.Detail == Digest.Of(pads.DetailAt(
                pair.Index,
                pair.Item.At,
                pair.Index == 0 ? default : LogHash.Leaf(entries[pair.Index - 1].ToBytes()))))
            .Select(pair => (long)pair.Index)
            .ToArray();
        Assert.NotEmpty(padded);
        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));

        await Origin.Services.Erase.RunAsync(KeptFor, default);

        foreach (var index in padded.Concat(older))
        {
            var shown = await Origin.Services.Details.ShowAsync(Origin.Act(Role.Auditor), index, default);
            Assert.Equal(RefusalCode.DetailErased, shown.Refusal.Code);
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
        // A part a day, so that every run ends within a page, and rows move between pages.
        const int days = 12;
        var parts = new List<List<byte[]>>();
        for (var day = 0; day < days; day++)
        {
            parts.Add(await LogSecretsAsync(5 + day));
            await _publisher.PublishAsync();
            _network.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(parts.Count, await CountAsync([.. parts.Select(part => part[0])]));  // what is there is found
        _network.Time.Advance(KeptFor - TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1));

        for (var day = 0; day < days; day++)
        {
            await Origin.Services.Erase.RunAsync(KeptFor, default);
            Assert.Equal(0, await CountAsync([.. parts.Take(day + 1).SelectMany(part => part)]));
            await _publisher.PublishAsync();
            Assert.Equal(0, await CountAsync([.. parts.Take(day + 1).SelectMany(part => part)]));
            Assert.Equal(
                days - day - 1, await CountAsync([.. parts.Skip(day + 1).Select(part => part[0])]));
            _network.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public async Task Run_ManyAreOlder_GoesInBatchesAndNotesEachCount()
    {
        await LogAsync(EraseDetails.AtOnceMax + 30);
        _network.Time.Advance(KeptFor + TimeSpan.FromMinutes(1));
        var before = Origin.Watched.Committed.Count;

        var erased = await Origin.Services.Erase.RunAsync(KeptFor, default);

        var runs = Origin.Watched.Committed.Skip(before).ToArray();
        Assert.Equal(2, runs.Length);
        Assert.Equal(erased, runs.Sum(run => run.Changes.OfType<AppendAuditIntake>().Count() - 1));
        Assert.Equal(EraseDetails.AtOnceMax + 31, runs.Sum(run => run.Changes.OfType<EraseDetail>().Count()));
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
        Origin.Watched.Before = ("details-erase", async () =>
            Assert.Equal(0, await Origin.Services.Erase.RunAsync(KeptFor, default)));

        Assert.True(await Origin.Services.Erase.RunAsync(KeptFor, default) > older.Count);
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

    private static IEnumerable<long> TargetsOf(IEnumerable<LogEntry> entries) =>
        entries.Where(entry => entry.Event is AuditEvent.DetailErased).Select(entry => entry.Index);

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

    /// <summary>Has so many things happen.</summary>
    /// <returns>Of each detail its ciphertext, its wrapped key, and of its content nonce, kind and beginning.</returns>
    private async Task<List<byte[]>> LogSecretsAsync(int count)
    {
        var secrets = new List<byte[]>();
        foreach (var index in await LogAsync(count))
        {
            var row = (await Origin.Audit.GetDetailAsync(index, default))!;
            var bytes = Origin.Keys.Open("audit_detail", row.Digest.ToArray(), row.Sealed).Value;
            secrets.AddRange([row.Sealed.Ciphertext, row.Sealed.WrappedKey, bytes[17..96]]);
        }

        return secrets;
    }

    // How many are in any file of the node: the database and what lies beside it. The lock cannot be read and is empty.
    private async Task<int> CountAsync(IReadOnlyList<byte[]> needles)
    {
        var files = new List<byte[]>();
        foreach (var file in Directory.EnumerateFiles(Origin.Folder, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length > 0))
        {
            files.Add(await ReadSharedAsync(file));
        }

        return needles.Count(needle => files.Any(file => file.AsSpan().IndexOf(needle) >= 0));
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
