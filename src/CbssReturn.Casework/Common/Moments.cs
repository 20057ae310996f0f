namespace CbssReturn.Casework.Common;

/// <summary>Moments are kept in UTC and to the second, because the wire form knows no more
/// (docs/spec/casework.md, rule 1.10).</summary>
public static class Moments
{
    /// <summary>Latest moment that is taken in: nothing here is planned beyond, and arithmetic with it cannot overflow.
    /// </summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clocks of two machines may differ before a moment counts as in the future.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(10);

    /// <summary>Cuts off what is finer than a second, and turns to UTC.</summary>
    public static DateTimeOffset ToSeconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    /// <summary>Does the same for a moment that may be absent.</summary>
    public static DateTimeOffset? ToSeconds(DateTimeOffset? at) => at is { } moment ? ToSeconds(moment) : null;

    /// <summary>The first moment of the same day in UTC.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);
}
