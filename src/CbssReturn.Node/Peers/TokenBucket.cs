namespace CbssReturn.Node.Peers;

/// <summary>A rate: so many a second in the long run, with a burst of two seconds' worth. Safe to use from every
/// thread.</summary>
/// <param name="perSecond">Rate, at least 1.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(int perSecond, TimeProvider time)
{
    private const int BurstSeconds = 2;

    private readonly Lock _lock = new();

    // Both are guarded by _lock.
    private double _tokens = (double)perSecond * BurstSeconds;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes one.</summary>
    /// <param name="retryAfter">When there is none: how long until there is.</param>
    public bool TryTake(out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var gained = time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond;
            (_tokens, _filledAt) = (Math.Min(_tokens + gained, (double)perSecond * BurstSeconds), now);
            var has = _tokens >= 1;
            _tokens -= has ? 1 : 0;
            retryAfter = has ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / perSecond);
            return has;
        }
    }
}
