using System.Security.Cryptography;

namespace CbssReturn.Desk.Outbox;

/// <summary>When to try again: full jitter, random(0, min(15 min, 0.5 s × 2^attempt)), so that many nodes do not come
/// back to a returned one at the same instant (docs/spec/exchange.md).</summary>
public static class BackOff
{
    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromMinutes(15);

    /// <summary>The ceiling of the first wait.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>The ceiling after some attempts.</summary>
    /// <param name="attempts">How often it was tried, 0 or more.</param>
    public static TimeSpan Ceiling(int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempts);
        var doubled = First * Math.Pow(2, Math.Min(attempts, 30));
        return doubled < Max ? doubled : Max;
    }

    /// <summary>Draws the wait before the next attempt.</summary>
    public static TimeSpan Draw(int attempts) => TimeSpan.FromMilliseconds(
        RandomNumberGenerator.GetInt32((int)Ceiling(attempts).TotalMilliseconds + 1));
}
