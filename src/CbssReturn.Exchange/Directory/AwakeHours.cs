namespace CbssReturn.Exchange.Directory;

/// <summary>Hours of the day, UTC, within which a node's silence means something: a laptop is off at night.</summary>
/// <param name="FromMinute">First minute of the day, 0 to 1439.</param>
/// <param name="UntilMinute">Minute of the day at which it ends, after the first, at most 1440.</param>
/// <param name="Weekdays">Days as bits: 1 Monday to 64 Sunday; 1 to 127.</param>
public readonly record struct AwakeHours(int FromMinute, int UntilMinute, int Weekdays)
{
    /// <summary>Minutes of a day.</summary>
    public const int DayMinutes = 1440;

    /// <summary>All seven days.</summary>
    public const int WeekdaysAll = 127;

    /// <summary>Whether the three numbers are within their ranges.</summary>
    public bool IsValid =>
        FromMinute >= 0 && FromMinute < UntilMinute && UntilMinute <= DayMinutes && Weekdays is > 0 and <= WeekdaysAll;

    /// <summary>Whether the node says that it is on at a moment.</summary>
    public bool Covers(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        var minute = (int)utc.TimeOfDay.TotalMinutes;
        var day = 1 << (((int)utc.DayOfWeek + 6) % 7);
        return (Weekdays & day) != 0 && minute >= FromMinute && minute < UntilMinute;
    }
}
