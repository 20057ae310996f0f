using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>Who is shown what an entry hides, and that one that is missing is not taken for one that was
/// erased.</summary>
public sealed class DetailTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs
    private TestPublisher _publisher = null!;  // likewise

    private TestNode Origin => _network.Origin;

    private Desk.Audit.ShowDetail Details => Origin.Services.Details;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.StartAsync();
        _publisher = await TestPublisher.BeginAsync(Origin, _network.Time);
    }

    public async Task DisposeAsync()
    {
        _publisher.Dispose();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task Show_EveryEntryOfALog_TellsWhatItHides()
    {
        var caseId = await _network.AgreeAsync([_network.Receiver.Grant(Category.Services)]);
        await _publisher.PublishAsync();
        var kinds = new List<AuditDetailKind>();
        foreach (var (index, entry) in (await _publisher.EntriesAsync()).Index())
        {
            var shown = (await Details.ShowAsync(Origin.Act(Role.Auditor), index, default)).Value;

            Assert.Equal(index, shown.Index);
            Assert.Equal(entry.ToBytes(), shown.Entry.ToBytes());
            kinds.Add(shown.Detail.Kind);
            if (shown.Detail.Kind is AuditDetailKind.ConsentRecorded)
            {
                Assert.Equal(caseId.ToArray(), shown.Detail.CaseId.ToArray());
            }
        }

        Assert.Contains(AuditDetailKind.ConsentRecorded, kinds);
        Assert.Contains(AuditDetailKind.Pad, kinds);
    }

    [Theory]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.FocalPoint, true)]
    [InlineData(Role.NodeAdministrator, true)]
    [InlineData(Role.Caseworker, false)]
    [InlineData(Role.Supervisor, false)]
    [InlineData(Role.ProgrammeOperator, false)]
    [InlineData(Role.SecurityOfficer, false)]
    public async Task Show_EachRole_MayOrMayNot(Role role, bool may)
    {
        await LogAsync();
        var actor = Origin.Act(role);

        var shown = await Details.ShowAsync(actor, 0, default);

        var entry = Assert.Single(await AuditEntry.ReadAsync(Origin));
        Assert.Equal(may, shown.IsOk);
        Assert.Equal(may ? AuditDetailKind.DetailShown : AuditDetailKind.AccessDenied, entry.Kind);
        Assert.Equal((0L, (byte)role), (entry.Detail.EntryIndex, entry.Detail.Role));
        Assert.Equal(actor.UserId.ToArray(), entry.Detail.UserId.ToArray());
    }

    [Fact]
    public async Task Read_ByTheHomeAuditor_GivesTheBytesThatTheEntryCommitsTo()
    {
        await LogAsync();

        var bytes = (await Details.ReadAsync(TestNetwork.ThirdId, 0, default)).Value;

        Assert.Equal((await _publisher.EntriesAsync())[0].Detail, Digest.Of(bytes.Span));
        var noted = Assert.Single(await AuditEntry.ReadAsync(Origin));
        Assert.Equal(AuditDetailKind.DetailShown, noted.Kind);
        Assert.Equal(TestNetwork.ThirdId.ToArray(), noted.Detail.Peer.ToArray());
    }

    [Fact]
    public async Task Read_BySomebodyElse_IsDeniedAndNoted()
    {
        await LogAsync();
        NodeId[] strangers = [_network.Receiver.Id, NodeId.NewRandom()];
        foreach (var peer in strangers)
        {
            Assert.Equal(RefusalCode.RoleMayNot, (await Details.ReadAsync(peer, 0, default)).Refusal.Code);
        }

        Assert.Equal(
            strangers.Select(peer => peer.ToString()),
            (await AuditEntry.ReadAsync(Origin))
                .Where(entry => entry.Kind is AuditDetailKind.AccessDenied)
                .Select(entry => NodeId.FromBytes(entry.Detail.Peer.Span).ToString()));
    }

    [Fact]
    public async Task Read_BySomebodyElseAgainAndAgain_IsNotedOnceAMinute()
    {
        await LogAsync();
        for (var minute = 0; minute < 2; minute++)
        {
            for (var time = 0; time < 20; time++)
            {
                Assert.False((await Details.ReadAsync(_network.Receiver.Id, time, default)).IsOk);
            }

            _network.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var entries = await AuditEntry.ReadAsync(Origin);
        Assert.Equal(2, entries.Count(entry => entry.Kind is AuditDetailKind.AccessDenied));
    }

    [Fact]
    public async Task Read_BySomebodyWhoWasTheAuditor_IsDenied()
    {
        await LogAsync();
        _network.Change(Origin, entry => entry with { Log = entry.Log! with { HomeAuditor = _network.Receiver.Id } });

        Assert.Equal(
            RefusalCode.RoleMayNot, (await Details.ReadAsync(TestNetwork.ThirdId, 0, default)).Refusal.Code);
        Assert.True((await Details.ReadAsync(_network.Receiver.Id, 0, default)).IsOk);
    }

    [Fact]
    public async Task Read_BeyondTheNewestCheckpoint_IsNotFound()
    {
        await LogAsync();
        await Origin.Services.Users.AddAsync(null, "desk.8", Role.Caseworker, default);
        await _publisher.DrainAsync();
        var newest = (await _publisher.EntriesAsync()).Count - 1;

        Assert.Equal(
            RefusalCode.NotFound, (await Details.ReadAsync(TestNetwork.ThirdId, newest, default)).Refusal.Code);
        Assert.True((await Details.ShowAsync(Origin.Act(Role.Auditor), newest, default)).IsOk);
    }

    [Fact]
    public async Task Show_ErasedDetail_SaysSoAtOnceAndLater()
    {
        await LogAsync();
        _network.Time.Advance(TimeSpan.FromDays(2));
        await Origin.Services.Erase.RunAsync(TimeSpan.FromDays(1), default);

        await AssertRefusedAsync(RefusalCode.DetailErased);
        await _publisher.PublishAsync();
        await AssertRefusedAsync(RefusalCode.DetailErased);

        // What tells of it has nothing to hide.
        var (erasure, _) = (await _publisher.EntriesAsync()).Index()
            .First(pair => pair.Item.Event is AuditEvent.DetailErased);
        Assert.Equal(
            RefusalCode.NotFound,
            (await Details.ShowAsync(Origin.Act(Role.Auditor), erasure, default)).Refusal.Code);
    }

    [Fact]
    public async Task Show_DetailThatWasTakenAway_IsMissing()
    {
        await LogAsync();
        var row = (await Origin.Audit.GetDetailAsync(0, default))!;

        await TakeAwayAsync(row);
        await _publisher.PublishAsync();

        await AssertRefusedAsync(RefusalCode.DetailWrong);
    }

    [Fact]
    public async Task Show_DetailThatIsNotTheOneOfItsEntry_IsWrong()
    {
        var (promised, other) = (NodeStarted().ToBytes(), NodeStarted().ToBytes());
        var digest = Digest.Of(promised);
        var content = Origin.Keys.Seal(_network.Now, "audit_detail", digest.ToArray(), other);
        var row = AuditIntakeRow.Local(AuditOutcome.Done, _network.Now, digest, content);
        await Origin.Store.CommitAsync(new NodeTransaction("test", new AppendAuditIntake(row)), default);
        await _publisher.PublishAsync();
        var (index, _) = (await _publisher.EntriesAsync()).Index().Single(pair => pair.Item.Detail == digest);

        Assert.Equal(
            RefusalCode.DetailWrong,
            (await Details.ShowAsync(Origin.Act(Role.Auditor), index, default)).Refusal.Code);
        Assert.Equal(
            RefusalCode.DetailWrong, (await Details.ReadAsync(TestNetwork.ThirdId, index, default)).Refusal.Code);
    }

    private AuditDetail NodeStarted() => new() { Kind = AuditDetailKind.NodeStarted, At = _network.Now };

    // As an erasure that is not found again: what the store asks for is there, the place is not.
    private Task<CommitOutcome> TakeAwayAsync(AuditDetailRow row) => Origin.Store.CommitAsync(
        new NodeTransaction(
            "test",
            new EraseDetail(row.Index, row.Digest),
            new AppendAuditIntake(new AuditIntakeRow
            {
                Event = AuditEvent.DetailErased,
                Outcome = AuditOutcome.Done,
                AtMinute = AuditIntakeRow.MinuteOf(_network.Now),
                Tag = row.Digest,
                PeerEntryIndex = row.Index,
            })),
        default);

    private async Task AssertRefusedAsync(RefusalCode code)
    {
        Assert.Equal(code, (await Details.ShowAsync(Origin.Act(Role.Auditor), 0, default)).Refusal.Code);
        Assert.Equal(code, (await Details.ReadAsync(TestNetwork.ThirdId, 0, default)).Refusal.Code);
    }

    private async Task LogAsync()
    {
        await Origin.Services.Users.AddAsync(null, "desk.9", Role.Caseworker, default);
        await _publisher.PublishAsync();
    }
}
