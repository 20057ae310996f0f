namespace CbssReturn.Desk.Keys;

/// <summary>When a day's envelope key counts (docs/spec/referral-packet.md, section 8).</summary>
public static class EpochCalendar
{
    /// <summary>How many days ahead keys are published.</summary>
    public const int PublishedDaysAhead = 42;

    /// <summary>How long after its day a seed is kept, in days: long enough for every direct delivery, which gives up
    /// after three.</summary>
    public const int SeedKeptDays = 4;

    /// <summary>How long after a key's end an envelope sealed to it may claim to last.</summary>
    public static readonly TimeSpan EnvelopeAfterKeyMax = TimeSpan.FromDays(60);

    /// <summary>How far two nodes' clocks may be apart.</summary>
    public static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(10);

    /// <summary>The day of a moment: days since 1970-01-01 UTC.</summary>
    public static uint DayOf(DateTimeOffset moment) => (uint)(moment.ToUnixTimeSeconds() / 86_400);

    /// <summary>First second at which the day's key counts.</summary>
    public static DateTimeOffset NotBefore(uint day) => DateTimeOffset.FromUnixTimeSeconds(day * 86_400L);

    /// <summary>Last second at which the day's key counts.</summary>
    public static DateTimeOffset NotAfter(uint day) => NotBefore(day + 1).AddSeconds(-1);
}
