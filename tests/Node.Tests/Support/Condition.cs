namespace CbssReturn.Node.Tests.Support;

/// <summary>Lets a test await a state instead of a while.</summary>
internal sealed class Condition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<(Func<bool> IsMet, TaskCompletionSource Met)> _waiting = [];

    /// <summary>Says that the state may have changed.</summary>
    public void Pulse()
    {
        lock (_lock)
        {
            foreach (var (isMet, met) in _waiting.Where(waiting => waiting.IsMet()))
            {
                met.TrySetResult();
            }
        }
    }

    /// <summary>Waits until the state is as asked.</summary>
    public Task UntilAsync(Func<bool> isMet)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((isMet, met));
        }

        Pulse();
        return met.Task.WaitAsync(Patience);
    }
}
