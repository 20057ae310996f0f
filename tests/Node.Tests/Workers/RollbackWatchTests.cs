using CbssReturn.Casework.Common;
using CbssReturn.Node.Files;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>What a node asks before it signs anything after a start, over real TLS.</summary>
public sealed class RollbackWatchTests : IAsyncLifetime, IDisposable
{
    private const int Waiting = 6056;

    private readonly TestNetwork _network = new();
    private readonly CollectingLog _log = new();
    private readonly TestFolder _folder = new();
    private readonly List<TestAudit> _witnesses = [];
    private readonly List<TestCallee> _hosts = [];
    private readonly CancellationTokenSource _stopping = new();
    private TestAudit _node = null!;  // set before each test
    private TestDialer _dialer = null!;
    private AuditBoard _board = null!;

    public async Task InitializeAsync()
    {
        _node = await TestAudit.CreateAsync(_network);
        for (var i = 0; i < 4; i++)
        {
            _witnesses.Add(await TestAudit.CreateAsync(_network, NodeKind.FocalPoint, isWitness: true));
        }

        _dialer = new TestDialer(_network, _node.Self);
        _board = new AuditBoard(_network.Time, _log);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        foreach (var audit in _witnesses.Append(_node))
        {
            await audit.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _dialer.Dispose();
        _network.Dispose();
        _log.Dispose();
        _folder.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Ask_OneOfFourWitnessesHoldsNothing_WaitsForASecond()
    {
        await _node.PublishAsync();
        await HostAsync(0);
        var asking = NewWatch().AskBeforeSigningAsync(_stopping.Token);

        await WaitsAsync(asking);
        await HostAsync(1);
        while (!asking.IsCompleted)
        {
            _network.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await asking;
    }

    [Fact]
    public async Task Ask_NobodyAnswers_WaitsAndSaysSo()
    {
        _network.Publish();
        await _node.PublishAsync();
        var asking = NewWatch().AskBeforeSigningAsync(_stopping.Token);

        await WaitsAsync(asking);
        Assert.Contains(RefusalCode.LogUnasked, _board.Now.Problems());
    }

    private async Task WaitsAsync(Task asking)
    {
        var told = _log.WaitAsync(Waiting);
        Assert.Same(told, await Task.WhenAny(asking, told));
        await told;
    }

    private async Task HostAsync(int witness) =>
        _hosts.Add(await TestCallee.StartAsync(_network, audit: _witnesses[witness]));

    private RollbackWatch NewWatch() => new(
        new PusherSetting(
            _node.Self.Id, _network.Directory, _dialer.Channels, TimeSpan.FromSeconds(10), _network.Time, _log),
        _node.Services.Identity,
        _node.Services.Watch,
        _node.Services.Recover,
        _node.Services.Cosign,
        new LogExport(_folder.File("export"), _node.Origin),
        _board);
}
