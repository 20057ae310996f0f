using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Node.Tests.Workers;

public sealed class RetentionWorkerTests : IAsyncDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private readonly FakeTimeProvider _time = new(TestNetwork.Start);
    private readonly CollectingLog _log = new();
    private readonly Condition _changed = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(TimeSpan KeptFor, DateTimeOffset At)> _runs = [];
    private Task _running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Run_Started_ErasesAtOnceAndEveryDay()
    {
        Run(3);
        await _changed.UntilAsync(() => _runs.Count == 1);
        Assert.Null(await _log.WaitAsync(6060));
        Assert.Equal((KeptFor, TestNetwork.Start), _runs[0]);

        await AdvanceUntilAsync(() => _runs.Count == 3);

        Assert.All(
            _runs.Zip(_runs.Skip(1)),
            pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Run_NothingIsThatOld_SaysNothing()
    {
        Run(0);
        await AdvanceUntilAsync(() => _runs.Count == 2);

        Assert.Equal(0, _log.Count(6060));
    }

    [Fact]
    public async Task Run_StoreFails_TriesAgainSoon()
    {
        Run(null);
        await AdvanceUntilAsync(() => _runs.Count == 2);

        Assert.True(_runs[1].At - _runs[0].At < TimeSpan.FromDays(1));
        Assert.True(_log.Count(6005) > 0);
    }

    /// <param name="erased">How many are erased in each run; null when the store fails.</param>
    private void Run(int? erased)
    {
        var worker = new RetentionWorker(
            (keptFor, _) =>
            {
                _runs.Add((keptFor, _time.GetUtcNow()));
                _changed.Pulse();
                return erased is { } count
                    ? Task.FromResult(count)
                    : throw new StoreException(new Refusal(RefusalCode.StoreUnavailable, "The store is away."));
            },
            KeptFor,
            _time,
            _log);
        _running = worker.RunAsync(_stopping.Token);
    }

    private async Task AdvanceUntilAsync(Func<bool> isMet)
    {
        var met = _changed.UntilAsync(isMet);
        while (!met.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await met;
    }
}
