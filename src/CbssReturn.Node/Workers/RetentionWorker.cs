namespace CbssReturn.Node.Workers;

/// <summary>Erases details of audit entries when their time is over: when the node starts, and a day after each
/// run.</summary>
/// <param name="erase">Erases what is older than it is kept, and gives how many.</param>
/// <param name="keptFor">How long details are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class RetentionWorker(
    Func<TimeSpan, CancellationToken, Task<int>> erase, TimeSpan keptFor, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan RunEvery = TimeSpan.FromDays(1);

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        WorkerLoop.RunAsync(nameof(RetentionWorker), RoundAsync, time, log, stopping);

    private async Task RoundAsync(CancellationToken stopping)
    {
        var erased = await erase(keptFor, stopping);
        if (erased > 0)
        {
            NodeLog.DetailsErased(log, erased);
        }

        await Task.Delay(RunEvery, time, stopping);
    }
}
