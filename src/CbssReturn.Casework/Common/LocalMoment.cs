using System.Globalization;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>A time of day at a place: local time to the minute, IANA zone, and the offset as known when it was written
/// (docs/spec/casework.md, rule 1.8).</summary>
/// <remarks>What people agreed on is the local time, so it is never recomputed. In the hour that happens twice the
/// offset tells which of the two is meant.</remarks>
public sealed record LocalMoment : IComparable<LocalMoment>
{
    /// <summary>Form of the local time.</summary>
    public const string Form = "yyyy-MM-dd'T'HH:mm";

    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private LocalMoment(DateTime local, ZoneId zone, TimeSpan offset, bool isDoubtful) =>
        (Local, Zone, Offset, IsDoubtful) = (local, zone, offset, isDoubtful);

    /// <summary>The local time, to the minute.</summary>
    public DateTime Local { get; }

    /// <summary>The zone.</summary>
    public ZoneId Zone { get; }

    /// <summary>The offset from UTC as known when written, east positive, in whole minutes.</summary>
    public TimeSpan Offset { get; }

    /// <summary>Whether this machine's rules for the zone differ from the writer's: the zone is not known here, or does
    /// not have this time or offset. Then a person must check the time by phone. Only <see cref="Receive"/> lets it
    /// pass.
    /// </summary>
    public bool IsDoubtful { get; }

    /// <summary>The moment, in UTC, by the offset as written.</summary>
    public DateTimeOffset Utc => new DateTimeOffset(Local, Offset).ToUniversalTime();

    /// <summary>The local day.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Local);

    /// <summary>Takes in a time that is written here.</summary>
    /// <param name="local">Local time as <c>2026-03-29T02:30</c>, in the years 2000 to 2199.</param>
    /// <param name="zone">IANA zone.</param>
    /// <param name="offsetMinutes">Offset from UTC in minutes, east positive.</param>
    /// <returns>The time, or a refusal: <see cref="RefusalCode.FieldMalformed"/> at <c>local</c>,
    /// <see cref="RefusalCode.ZoneUnknown"/> at <c>zone</c>, <see cref="RefusalCode.LocalTimeInvalid"/> when the zone
    /// has no such time (the clock jumped over it), or never this offset at it.</returns>
    public static Result<LocalMoment> Create(string local, string zone, int offsetMinutes) =>
        Read(local, zone, offsetMinutes, isReceived: false);

    /// <summary>Takes in a time that another node wrote. A zone whose rules changed since, there or here, must not make
    /// a journey unreadable: such a time is taken as written and marked (<see cref="IsDoubtful"/>).</summary>
    /// <param name="local">As for <see cref="Create"/>.</param>
    /// <param name="zone">As for <see cref="Create"/>.</param>
    /// <param name="offsetMinutes">As for <see cref="Create"/>, within 18 hours.</param>
    /// <returns>The time, or a refusal about the form of a field.</returns>
    public static Result<LocalMoment> Receive(string local, string zone, int offsetMinutes) =>
        Read(local, zone, offsetMinutes, isReceived: true);

    /// <summary>Compares by the moment, in UTC.</summary>
    public int CompareTo(LocalMoment? other) => other is null ? 1 : Utc.CompareTo(other.Utc);

    /// <summary>Says whether one time comes before another.</summary>
    public static bool operator <(LocalMoment left, LocalMoment right) => Compare(left, right) < 0;

    /// <summary>Says whether one time comes after another.</summary>
    public static bool operator >(LocalMoment left, LocalMoment right) => Compare(left, right) > 0;

    /// <summary>Says whether one time does not come after another.</summary>
    public static bool operator <=(LocalMoment left, LocalMoment right) => Compare(left, right) <= 0;

    /// <summary>Says whether one time does not come before another.</summary>
    public static bool operator >=(LocalMoment left, LocalMoment right) => Compare(left, right) >= 0;

    /// <summary>Returns nothing of the time: when somebody arrives is of class L.</summary>
    public override string ToString() => "[local time]";

    private static int Compare(LocalMoment left, LocalMoment right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.CompareTo(right);
    }

    private static Result<LocalMoment> Read(string local, string zone, int offsetMinutes, bool isReceived)
    {
        ArgumentNullException.ThrowIfNull(local);
        if (!DateTime.TryParseExact(local, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || time < Earliest
            || time >= Moments.Latest.DateTime)
        {
            return new Refusal(
                RefusalCode.FieldMalformed, "A local time is written like 2026-03-29T02:30.", "local");
        }

        if (!ZoneId.Parse(zone).TryGet(out var zoneId, out var refusal))
        {
            return refusal.Within("zone");
        }

        if (Check.Range(offsetMinutes, -ZoneId.OffsetMinutesMax, ZoneId.OffsetMinutesMax, "utc_offset_minutes")
            is { } outside)
        {
            return outside;
        }

        var offset = TimeSpan.FromMinutes(offsetMinutes);
        var no = zoneId.CheckOffset(time, offset);
        return no is null || isReceived ? new LocalMoment(time, zoneId, offset, no is not null) : no;
    }
}
