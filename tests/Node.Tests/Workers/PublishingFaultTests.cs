using CbssReturn.Casework.Common;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Files;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>The store fails at each single call of a round of publishing, once before and once after it was kept; then
/// the node starts again. Never two roots for one size, and nothing that was noted is lost or logged twice.</summary>
public sealed class PublishingFaultTests : IAsyncLifetime, IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly CollectingLog _log = new();
    private readonly TestFolder _folder = new();
    private readonly List<SignedCheckpoint> _signed = [];
    private TestAudit _node = null!;  // set before each test
    private TestAudit _focalPoint = null!;
    private TestCallee _host = null!;
    private TestDialer _dialer = null!;
    private AuditBoard _board = null!;

    private PusherSetting Setting => new(
        _node.Self.Id, _network.Directory, _dialer.Channels, TimeSpan.FromSeconds(10), _network.Time, _log);

    public async Task InitializeAsync()
    {
        _node = await TestAudit.CreateAsync(_network);
        _focalPoint = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint, isWitness: true);
        _node.CheckedBy(_focalPoint);
        _dialer = new TestDialer(_network, _node.Self);
        _host = await TestCallee.StartAsync(_network, audit: _focalPoint);
        _board = new AuditBoard(_network.Time, _log);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _node.DisposeAsync();
        await _focalPoint.DisposeAsync();
    }

    public void Dispose()
    {
        _dialer.Dispose();
        _network.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_AFaultAtEachCallThenARestart_SignsOneRootForASizeAndLosesNothing(bool isKept)
    {
        var noted = 0;
        var failAt = 0;
        for (var isFaulty = true; isFaulty;)
        {
            failAt++;
            await _node.NoteAsync(3);
            noted += 3;
            IAuditStore? faulty = null;
            await _node.RestartAsync(around: store => faulty = FaultyLog.Around(store, failAt, isKept));
            try
            {
                await RoundAsync();
            }
            catch (StoreException)
            {
                // As the worker, which begins its round anew; here the process is gone instead.
            }

            isFaulty = ((FaultyLog)(object)faulty!).HasFailed;
            await _node.RestartAsync();
            await RoundAsync();
            await AssertAsync(noted);
        }

        // A round that asks the store as often has been cut off everywhere.
        Assert.InRange(failAt, 20, 400);
    }

    private async Task RoundAsync()
    {
        _network.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await _node.Services.Sequencer.BeginAsync(default)).IsOk);
        if (await _node.Services.Publish.FinishAsync(default) is { } finished)
        {
            _signed.Add(finished);
            await CarryAsync(finished);
        }

        Assert.True((await _node.Services.Sequencer.DrainAsync(default)).IsOk);
        var published = await _node.PublishAsync();
        _signed.Add(published);
        await CarryAsync(published);
    }

    private async Task CarryAsync(SignedCheckpoint checkpoint)
    {
        var export = new LogExport(_folder.File("export"), _node.Origin);
        var tiles = _node.Context.Audit.Tiles;
        Assert.True((await export.WriteAsync(tiles, checkpoint.Size, checkpoint.Note.ToBytes(), default)).IsOk);
        var auditor = new AuditorPush(Setting, tiles, _node.Services.Identity, _board);
        Assert.True((await auditor.PushAsync(_focalPoint.Self.Id, checkpoint, default)).IsOk);
        var push = new WitnessPush(Setting, _node.Services.Cosign, _node.Services.Witness);
        Assert.True(
            (await push.AskAsync(Assert.Single(_node.Services.Cosign.Witnesses), checkpoint, default)).IsOk);
    }

    private async Task AssertAsync(int noted)
    {
        Assert.All(
            _signed.GroupBy(one => one.Size),
            size => Assert.Single(size.Select(one => one.Checkpoint.Root).Distinct()));
        Assert.Equal(_signed.Select(one => one.Size).Order(), _signed.Select(one => one.Size));
        Assert.Equal(0, await _node.Store.CountAuditIntakeAsync(default));

        // Of a pad there is no detail, so those that are kept are the entries that were noted, each once.
        var head = await _node.Store.GetAuditHeadAsync(default);
        var details = new List<Digest>();
        for (var index = 0L; index < head.Size; index++)
        {
            if (await _node.Store.GetDetailAsync(index, default) is { } detail)
            {
                details.Add(detail.Digest);
            }
        }

        Assert.Distinct(details);
        Assert.Equal(noted, details.Count);
        Assert.Equal(head.Size, (await _focalPoint.Store.GetMirroredAsync(_node.Origin, default))!.Size);
    }
}
