using CbssReturn.Storage;

namespace CbssReturn.Node.Workers;

/// <summary>Runs a worker's rounds until the node stops. A round that fails is logged and followed by a pause; the
/// next one comes all the same, because nobody else does this work.</summary>
internal static class WorkerLoop
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Runs rounds.</summary>
    /// <param name="name">Name of the worker, for the log.</param>
    /// <param name="round">One round; it waits for its own work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="stopping">Ends the loop after the round.</param>
    public static async Task RunAsync(
        string name, Func<CancellationToken, Task> round, TimeProvider time, ILogger log, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await round(stopping);
                continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException unavailable)
            {
                NodeLog.StoreUnavailable(log, unavailable.Refusal.Code);
            }
#pragma warning disable CA1031 // A fault in one round must not end the work.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                NodeLog.WorkerFailed(log, name, fault);
            }

            await Task.Delay(PauseAfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
