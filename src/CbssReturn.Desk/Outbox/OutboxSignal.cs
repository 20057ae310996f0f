namespace CbssReturn.Desk.Outbox;

/// <summary>Wakes the outbox worker within the process; several calls before it wakes count as one.</summary>
public sealed class OutboxSignal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);
    private readonly Lock _lock = new();

    /// <summary>Says that something is due.</summary>
    public void Set()
    {
        lock (_lock)
        {
            if (_semaphore.CurrentCount == 0)
            {
                _semaphore.Release();
            }
        }
    }

    /// <summary>Waits until something is due, or for a while at most.</summary>
    public async Task WaitAsync(TimeSpan max, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(max, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await _semaphore.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The while is over: the caller looks by itself.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _semaphore.Dispose();
}
