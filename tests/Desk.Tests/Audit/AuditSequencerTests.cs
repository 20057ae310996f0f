using System.Reflection;
using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>What gets into the tree, and what nobody can tell from it.</summary>
public sealed class AuditSequencerTests : IAsyncLifetime
{
    private const string Origin = "log.example/se/1/1";

    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Node => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync(1);

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Close_AfterADenial_LeavesNoLocalEntryThatDiffersFromAPadButInItsDigest()
    {
        await Node.Services.Users.ListAsync(Node.Act(Role.Caseworker), default);
        var waiting = await Node.Store.ReadAuditIntakeAsync(0, StoreLimits.ListMax, default);
        Assert.Contains(waiting, row => row.Outcome is AuditOutcome.Refused);
        using var sequencer = new AuditSequencer(Node.Audit, new AuditPads(Node.Keys, Origin));
        Assert.True((await sequencer.BeginAsync(default)).IsOk);

        var checkpoint = (await sequencer.CloseIntervalAsync(_network.Time.GetUtcNow(), default)).Value;

        var entries = await Node.Audit.ReadEntriesAsync(0, (int)checkpoint.Size, default);
        var locals = entries.Select(bytes => LogEntry.Parse(bytes.Span).Value)
            .Where(entry => entry.Event is AuditEvent.Local)
            .ToList();
        Assert.Equal(0, checkpoint.Size % AuditSequencer.PadMultiple);
        Assert.NotEmpty(locals);
        Assert.All(locals, entry => Assert.Equal(AuditOutcome.Done, entry.Outcome));
    }

    [Fact]
    public void Pads_OfTwoGenerations_HaveNoDigestInCommon()
    {
        var (first, second) = (new AuditPads(Node.Keys, Origin), new AuditPads(Node.Keys, "log.example/se/1/2"));

        Assert.Empty(DigestsOf(first).Intersect(DigestsOf(second)));
        Assert.Equal(DigestsOf(first), DigestsOf(new AuditPads(Node.Keys, Origin)));

        IEnumerable<Digest?> DigestsOf(AuditPads pads) =>
            Enumerable.Range(0, 16)
                .Select(index => pads.EntryAt(index, _network.Time.GetUtcNow(), default).Detail)
                .ToList();
    }

    [Fact]
    public async Task Close_AnIntervalOfManyMinutes_MixesPadsWithWhatHappened()
    {
        var interval = TimeSpan.FromMinutes(60);
        var (pads, places) = (new AuditPads(Node.Keys, Origin), new HashSet<long>());
        var minutes = new HashSet<DateTimeOffset>();
        using var sequencer = new AuditSequencer(Node.Audit, pads, interval);
        Assert.False(sequencer.MovesAtOnce);
        var begun = (await sequencer.BeginAsync(default)).Value;
        for (var round = 0; round < 8; round++)
        {
            _network.Time.Advance(interval / 2);
            await Node.Services.Users.ListAsync(Node.Act(Role.Caseworker), default);
            _network.Time.Advance(interval / 2);
            Assert.True((await sequencer.CloseIntervalAsync(_network.Time.GetUtcNow(), default)).IsOk);
        }

        var (size, before) = ((await Node.Audit.GetAuditHeadAsync(default)).Size, default(Digest));
        var (rules, details) = (new EntryRules(), 0);
        foreach (var (index, bytes) in (await Node.Audit.ReadEntriesAsync(0, (int)size, default)).Index())
        {
            var entry = LogEntry.Parse(bytes.Span).Value;
            Assert.Null(rules.Check(index, entry));
            if (entry.Detail == Digest.Of(pads.DetailAt(index, entry.At, before)))
            {
                places.Add(index % AuditSequencer.PadMultiple);
                minutes.Add(entry.At);
            }
            else if (await Node.Audit.GetDetailAsync(index, default) is { } detail)
            {
                Assert.Equal(entry.Detail, detail.Digest);
                details++;
            }

            before = LogHash.Leaf(bytes.Span);
        }

        Assert.Equal(0, begun.Size);
        Assert.True(details >= 8);
        Assert.Contains(0, places);
        Assert.True(minutes.Count > 8);
    }

    [Fact]
    public async Task Pads_OfATreeThatWasPutBackAndGoesOnOtherwise_HaveNoDigestInCommon()
    {
        await CloseAsync();
        var backup = await Node.SaveAsync();
        _network.Time.Advance(TimeSpan.FromMinutes(1));
        var lost = await CloseAsync();
        await Node.RestoreAsync(backup);
        _network.Time.Advance(TimeSpan.FromMinutes(1));

        var again = await CloseAsync();

        var common = lost.Zip(again)
            .TakeWhile(pair => pair.First.ToBytes().AsSpan().SequenceEqual(pair.Second.ToBytes()))
            .Count();
        Assert.True(common < lost.Count);
        Assert.Empty(lost.Skip(common).Select(entry => entry.Detail).Intersect(
            again.Skip(common).Select(entry => entry.Detail)));

        async Task<List<LogEntry>> CloseAsync()
        {
            using var sequencer = new AuditSequencer(Node.Audit, new AuditPads(Node.Keys, Origin));
            Assert.True((await sequencer.BeginAsync(default)).IsOk);
            var closed = (await sequencer.CloseIntervalAsync(_network.Time.GetUtcNow(), default)).Value;
            return
            [
                .. (await Node.Audit.ReadEntriesAsync(0, (int)closed.Size, default))
                    .Select(bytes => LogEntry.Parse(bytes.Span).Value),
            ];
        }
    }

    [Fact]
    public async Task Close_WhenALaterSequencerTookTheRows_EndsWithBusy()
    {
        using var later = new AuditSequencer(Node.Audit, new AuditPads(Node.Keys, Origin));
        using var first = new AuditSequencer(OldCount.Around(Node.Audit), new AuditPads(Node.Keys, Origin));
        Assert.True((await first.BeginAsync(default)).IsOk);
        Assert.True((await later.BeginAsync(default)).IsOk);
        Assert.True((await later.DrainAsync(default)).IsOk);

        // On a thread of its own: a loop that never ends must not hold the test as well.
        var closed = await Task.Run(() => first.CloseIntervalAsync(_network.Time.GetUtcNow(), default))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(RefusalCode.LogBusy, closed.Refusal.Code);
    }

    [Fact]
    public async Task Drain_ClockSetBackBeforeEachOfThreeStarts_KeepsTheRuleOfTime()
    {
        var rules = new EntryRules();
        foreach (var minutesBack in (int[])[0, 2, 4, 6])
        {
            using var sequencer = new AuditSequencer(Node.Audit, new AuditPads(Node.Keys, Origin));
            Assert.True((await sequencer.BeginAsync(default)).IsOk);
            await NoteAsync(_network.Time.GetUtcNow().AddMinutes(-minutesBack));
            Assert.True((await sequencer.DrainAsync(default)).IsOk);
        }

        var size = (await Node.Audit.GetAuditHeadAsync(default)).Size;
        foreach (var (index, bytes) in (await Node.Audit.ReadEntriesAsync(0, (int)size, default)).Index())
        {
            Assert.Null(rules.Check(index, LogEntry.Parse(bytes.Span).Value));
        }

        async Task NoteAsync(DateTimeOffset at)
        {
            var detail = RandomNumberGenerator.GetBytes(512);
            var digest = Digest.Of(detail);
            var row = AuditIntakeRow.Local(
                AuditOutcome.Done, at, digest, Node.Keys.Seal(at, "audit_detail", digest.ToArray(), detail));
            await Node.Store.CommitAsync(new NodeTransaction("test", new AppendAuditIntake(row)), default);
        }
    }

    /// <summary>A store that counted before the rows were taken.</summary>
    public class OldCount : DispatchProxy
    {
        private IAuditStore _store = null!;  // set by Around

        public static IAuditStore Around(IAuditStore store)
        {
            var proxy = Create<IAuditStore, OldCount>();
            ((OldCount)(object)proxy)._store = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IAuditStore.CountAuditIntakeAsync)
                ? Task.FromResult(5L)
                : targetMethod.Invoke(_store, args);
    }
}
