using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Casework.Tests.Common;

/// <summary>Adults only (docs/spec/casework.md, rule 3.7).</summary>
public sealed class AdultRuleTests
{
    [Theory]
    [InlineData(AgeBand.MinorPossible, RefusalCode.PossibleMinor)]
    [InlineData(AgeBand.Unspecified, RefusalCode.FieldMissing)]
    [InlineData((AgeBand)99, RefusalCode.CodeUnknown)]
    public void CheckBand_NotSurelyAdult_Refused(AgeBand band, RefusalCode code) =>
        Assert.Equal((code, "age_band"), (AdultRule.CheckBand(band)?.Code, AdultRule.CheckBand(band)?.Field));

    [Fact]
    public void CheckBand_Adult_Passes() => Assert.Null(AdultRule.CheckBand(AgeBand.From18To24));

    [Theory]
    [InlineData("2008-03-02", "2026-03-02T11:59:59Z", false)] // not yet the birthday everywhere
    [InlineData("2008-03-02", "2026-03-02T12:00:00Z", true)]
    [InlineData("2008-02-29", "2026-02-28T23:59:59Z", false)] // a leap day's birthday is 1 March, not 28 February
    [InlineData("2008-02-29", "2026-03-01T12:00:00Z", true)]
    [InlineData("1990-01-01", "2026-03-02T00:00:00Z", true)]
    public void CheckBirth_AroundTheEighteenthBirthday_InDoubtAMinor(string birth, string now, bool isAdult)
    {
        var refusal = AdultRule.CheckBirth(
            DateOnly.Parse(birth, System.Globalization.CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(isAdult ? null : RefusalCode.PossibleMinor, refusal?.Code);
    }

    [Fact]
    public void CheckBirth_InTheFuture_Refused() => Assert.Equal(
        RefusalCode.DatesContradict, AdultRule.CheckBirth(new DateOnly(2030, 1, 1), Samples.Now)?.Code);

    [Fact]
    public void ComingOfAge_AnyBirth_EighteenYearsHavePassedAndNotADayMore() =>
        Gen.Int[0, 40_000].Sample(days =>
        {
            var birth = new DateOnly(1920, 1, 1).AddDays(days);
            var day = AdultRule.ComingOfAge(birth);

            // Counted by calendar alone: year by year, and month and day not before those of the birth.
            var isReached = (day.Year - birth.Year, day.Month * 100 + day.Day) is (18, var reached)
                && reached >= birth.Month * 100 + birth.Day;
            var before = day.AddDays(-1);
            var isReachedBefore = before.Year - birth.Year == 18
                && before.Month * 100 + before.Day >= birth.Month * 100 + birth.Day;
            return isReached && !isReachedBefore;
        });
}
