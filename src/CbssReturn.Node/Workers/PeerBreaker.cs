using CbssReturn.Desk.Outbox;

namespace CbssReturn.Node.Workers;

/// <summary>Keeps from knocking at a door that nobody opens: after each failure in a row a longer pause, drawn with
/// full jitter. Safe to use from every thread.</summary>
internal sealed class PeerBreaker(TimeProvider time)
{
    private readonly Lock _lock = new();

    // Both are guarded by _lock.
    private int _failures;
    private DateTimeOffset _closedUntil;

    /// <summary>Whether the peer may be called now.</summary>
    public bool MayCall
    {
        get
        {
            lock (_lock)
            {
                return time.GetUtcNow() >= _closedUntil;
            }
        }
    }

    /// <summary>A call failed.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            _closedUntil = time.GetUtcNow() + BackOff.Draw(_failures);
            _failures++;
        }
    }

    /// <summary>The peer answered, called, or moved: the next call may come at once.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            (_failures, _closedUntil) = (0, default);
        }
    }
}
