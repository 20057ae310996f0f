namespace CbssReturn.Storage.Sqlite;

/// <summary>Tells one waiting sequencer that rows came into the audit intake.</summary>
/// <remarks>Set from the start: rows may be left from before. A row that is committed while the waiter wakes sets the
/// signal again or is seen by the read that follows; none is missed.</remarks>
internal sealed class IntakeSignal
{
    private volatile TaskCompletionSource _source = Make();

    public IntakeSignal() => Set();

    public void Set() => _source.TrySetResult();

    public async Task WaitAsync(CancellationToken ct)
    {
        var source = _source;
        await source.Task.WaitAsync(ct);
        _source = Make();
    }

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
