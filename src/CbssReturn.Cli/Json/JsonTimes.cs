using System.Globalization;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Json;

/// <summary>Which numbers are moments or days, and how those are spelt.</summary>
/// <remarks>
/// A moment is a uint64 field whose name is <c>at</c> or <c>since</c> or ends in <c>_at</c>, <c>_until</c>,
/// <c>_from</c>, <c>_since</c>, <c>_by</c>, <c>_on</c> or <c>_due</c>: POSIX seconds on the wire,
/// <c>2026-03-01T10:00:00Z</c> here. A day is a uint32 field whose name is <c>day</c> or ends in <c>_day</c>: days
/// since 1970-01-01 on the wire, <c>2026-03-01</c> here. Years 1970 to 9999. A test holds the rule to every
/// number of the protos.
/// </remarks>
internal static class JsonTimes
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string DayFormat = "yyyy-MM-dd";
    private static readonly string[] MomentSuffixes = ["_at", "_until", "_from", "_since", "_by", "_on", "_due"];
    private static readonly DateOnly Epoch = new(1970, 1, 1);
    private static readonly ulong SecondsMax = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Tells whether a field is a moment.</summary>
    public static bool IsMoment(FieldDescriptor field) =>
        field.FieldType == FieldType.UInt64
        && (field.Name is "at" or "since"
            || Array.Exists(MomentSuffixes, suffix => field.Name.EndsWith(suffix, StringComparison.Ordinal)));

    /// <summary>Tells whether a field is a day.</summary>
    public static bool IsDay(FieldDescriptor field) =>
        field.FieldType == FieldType.UInt32
        && (field.Name == "day" || field.Name.EndsWith("_day", StringComparison.Ordinal));

    /// <summary>Reads a moment in its one spelling.</summary>
    /// <returns>POSIX seconds, or null when it is spelt otherwise.</returns>
    public static ulong? ParseMoment(string text) =>
        DateTimeOffset.TryParseExact(
            text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
        && moment.ToUnixTimeSeconds() > 0
            ? (ulong)moment.ToUnixTimeSeconds()
            : null;

    /// <summary>Reads a day in its one spelling.</summary>
    /// <returns>Days since 1970-01-01, or null when it is spelt otherwise.</returns>
    public static uint? ParseDay(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day > Epoch
            ? (uint)(day.DayNumber - Epoch.DayNumber)
            : null;

    /// <summary>Writes a moment; one past year 9999 is shown as the last second of that year.</summary>
    public static string FormatMoment(ulong seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, SecondsMax))
            .ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes a day; one past year 9999 is shown as the last day of that year.</summary>
    public static string FormatDay(uint day) =>
        DateOnly.FromDayNumber((int)Math.Min(Epoch.DayNumber + (long)day, DateOnly.MaxValue.DayNumber))
            .ToString(DayFormat, CultureInfo.InvariantCulture);
}
