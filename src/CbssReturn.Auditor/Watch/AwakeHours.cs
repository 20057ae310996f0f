namespace CbssReturn.Auditor.Watch;

/// <summary>Hours of the day, UTC, within which a node's silence means something (docs/spec/directory.md, section 3).
/// Immutable.</summary>
/// <param name="FromMinute">First minute of the day, 0 to 1439.</param>
/// <param name="UntilMinute">Minute of the day at which it ends, up to 1440; after <paramref
/// name="FromMinute"/>.</param>
/// <param name="Weekdays">Days as bits: 1 Monday to 64 Sunday; 1 to 127.</param>
internal sealed record AwakeHours(int FromMinute, int UntilMinute, int Weekdays)
{
    private const int DaysPerWeek = 7;

    /// <summary>Since when the node has been meant to be awake.</summary>
    /// <param name="moment">The moment that is asked about.</param>
    /// <returns>The begin of the hours in which the moment lies, or null when it lies in none: the node may
    /// sleep.</returns>
    public DateTimeOffset? SinceAt(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        var minute = (int)utc.TimeOfDay.TotalMinutes;
        // DayOfWeek counts from Sunday, the bits from Monday.
        var bit = 1 << (((int)utc.DayOfWeek + DaysPerWeek - 1) % DaysPerWeek);
        return (Weekdays & bit) != 0 && minute >= FromMinute && minute < UntilMinute
            ? new DateTimeOffset(utc.Date.AddMinutes(FromMinute), TimeSpan.Zero)
            : null;
    }
}
