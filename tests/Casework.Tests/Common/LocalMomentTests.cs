using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Casework.Tests.Common;

/// <summary>Local time, zone and offset (docs/spec/casework.md, rule 1.8).</summary>
public sealed class LocalMomentTests
{
    // Zone and its offset in winter, in minutes; all three change at 01:00 UTC on the last Sundays of March and
    // October.
    private static readonly (string Zone, int WinterMinutes)[] Zones =
        [("Europe/Riga", 120), ("Europe/Tallinn", 120), ("Europe/Oslo", 60)];

    [Theory]
    [InlineData("2026-03-29T02:59", 120)]
    [InlineData("2026-03-29T04:00", 180)]
    [InlineData("2026-10-25T03:30", 180)]
    [InlineData("2026-10-25T03:30", 120)]
    [InlineData("2028-02-29T12:00", 120)]
    public void Create_TimeThatExists_Taken(string local, int offset)
    {
        var moment = Expect.Value(LocalMoment.Create(local, "Europe/Riga", offset));

        Assert.Equal(moment.Local, moment.Utc.UtcDateTime.AddMinutes(offset));
        Assert.False(moment.IsDoubtful);
    }

    [Theory]
    [InlineData("2026-03-29T03:00", 120, "local")]
    [InlineData("2026-03-29T03:30", 180, "local")]
    [InlineData("2026-03-29T02:30", 180, "utc_offset_minutes")]
    [InlineData("2026-10-25T03:30", 60, "utc_offset_minutes")]
    [InlineData("2026-07-01T12:00", 120, "utc_offset_minutes")]
    public void Create_TimeOrOffsetThatTheZoneLacks_Refused(string local, int offset, string field) =>
        Expect.Refusal(RefusalCode.LocalTimeInvalid, field, LocalMoment.Create(local, "Europe/Riga", offset));

    [Theory]
    [InlineData("2026-02-29T12:00")]
    [InlineData("2026-3-29T02:30")]
    [InlineData("2026-03-29 02:30")]
    [InlineData("2026-03-29T02:30:00")]
    [InlineData("2026-03-29T02:30Z")]
    [InlineData("2026-03-29T24:00")]
    [InlineData("1999-12-31T23:59")]
    [InlineData("2200-01-01T00:00")]
    [InlineData("")]
    public void Create_NotALocalTime_Refused(string local) =>
        Expect.Refusal(RefusalCode.FieldMalformed, "local", LocalMoment.Create(local, "Europe/Riga", 120));

    [Theory]
    [InlineData("Europe/Nowhere")]
    [InlineData("europe/riga")]
    [InlineData("FLE Standard Time")]
    [InlineData("posix/Europe/Riga")]
    [InlineData("../../etc/passwd")]
    [InlineData("Europe/../Europe/Riga")]
    [InlineData("")]
    public void Create_NotAZone_Refused(string zone) =>
        Expect.Refusal(RefusalCode.ZoneUnknown, "zone", LocalMoment.Create("2026-03-20T12:00", zone, 120));

    [Theory]
    [InlineData(1081)]
    [InlineData(-1081)]
    public void Receive_OffsetBeyondAnyZone_Refused(int offset) => Expect.Refusal(
        RefusalCode.NumberOutOfRange,
        "utc_offset_minutes",
        LocalMoment.Receive("2026-03-20T12:00", "Europe/Riga", offset));

    [Theory]
    [InlineData("2026-07-01T12:00", "Europe/Riga", 120)]
    [InlineData("2026-03-29T03:30", "Europe/Riga", 120)]
    [InlineData("2026-07-01T12:00", "Europe/Futureville", 120)]
    public void Receive_RulesThatDifferFromOurs_TakenAsWrittenAndMarked(string local, string zone, int offset)
    {
        var moment = Expect.Value(LocalMoment.Receive(local, zone, offset));

        Assert.True(moment.IsDoubtful);
        Assert.Equal(moment.Local.AddMinutes(-offset), moment.Utc.UtcDateTime);
    }

    [Fact]
    public void Create_HourThatHappensTwice_OffsetTellsWhich()
    {
        var first = Samples.Riga("2026-10-25T03:30", 180);
        var second = Samples.Riga("2026-10-25T03:30", 120);

        Assert.Equal(TimeSpan.FromHours(1), second.Utc - first.Utc);
        Assert.True(first < second);
    }

    [Fact]
    public void Create_NightsOfTheClockChange_AgreesWithTheRuleOfTheUnion()
    {
        var night =
            from zone in Gen.Int[0, Zones.Length - 1]
            from year in Gen.Int[2020, 2036]
            from month in Gen.OneOf(3, 10)
            from minutes in Gen.Int[-6 * 60, 6 * 60]
            from offset in Gen.OneOf(0, 60, 120, 180, 240)
            select (Zones[zone], year, month, minutes, offset);

        night.Sample(sample =>
        {
            var ((zone, winter), year, month, minutes, offset) = sample;
            var local = ChangeUtc(year, month).AddMinutes(winter + minutes);

            // The rule itself, without any zone data: summer time from the last Sunday of March to that of October,
            // 01:00.
            var utc = local.AddMinutes(-offset);
            var isSummer = utc >= ChangeUtc(year, 3) && utc < ChangeUtc(year, 10);
            var exists = offset == winter + (isSummer ? 60 : 0);

            var text = local.ToString(LocalMoment.Form, System.Globalization.CultureInfo.InvariantCulture);
            return LocalMoment.Create(text, zone, offset).IsOk == exists;
        });
    }

    [Fact]
    public void ToString_AnyTime_ShowsNothing() =>
        Assert.DoesNotContain("2026", Samples.Riga("2026-03-20T12:00").ToString(), StringComparison.Ordinal);

    private static DateTime ChangeUtc(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Unspecified);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
