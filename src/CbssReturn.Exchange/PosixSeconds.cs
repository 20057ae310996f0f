namespace CbssReturn.Exchange;

/// <summary>Moments on the wire: whole seconds since 1970-01-01 UTC, 0 for none.</summary>
internal static class PosixSeconds
{
    // The last second that DateTimeOffset knows, 9999-12-31T23:59:59Z.
    private const ulong Max = 253_402_300_799;

    /// <summary>The wire form; 0 for null.</summary>
    public static ulong From(DateTimeOffset? moment) => moment is { } at ? (ulong)at.ToUnixTimeSeconds() : 0;

    /// <summary>Whether it is 0 or a moment that a calendar has.</summary>
    public static bool IsMomentOrNone(ulong seconds) => seconds <= Max;

    /// <summary>The moment, in UTC; null for 0 and for what no calendar has.</summary>
    public static DateTimeOffset? Parse(ulong seconds) =>
        seconds is 0 or > Max ? null : DateTimeOffset.FromUnixTimeSeconds((long)seconds);
}
