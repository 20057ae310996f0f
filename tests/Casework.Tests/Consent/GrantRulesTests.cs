using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Consent;

/// <summary>What one grant may say (docs/spec/casework.md, rules 2.8 to 2.11).</summary>
public sealed class GrantRulesTests
{
    private static readonly DateTimeOffset GivenAt = Samples.Consent().GivenAt;

    [Theory]
    [InlineData(Category.Identity, 90)]
    [InlineData(Category.Movement, 30)]
    public void DefaultEnd_AnyCategory_LastMidnightOfTheDefaultLife(Category category, int days)
    {
        var end = GrantRules.DefaultEnd(category, GivenAt);

        Assert.Equal(TimeSpan.Zero, end.TimeOfDay);
        Assert.InRange(GivenAt.AddDays(days) - end, TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.Equal(end, Samples.Record(Grant(category)).Grants[0].ExpiresAt);
    }

    [Theory]
    [InlineData(Category.Identity, 180)]
    [InlineData(Category.Movement, 90)]
    public void Create_LongestLife_TakenAndNotASecondMore(Category category, int days)
    {
        var longest = Grant(category) with { ExpiresAt = GivenAt.AddDays(days) };

        Assert.Equal(GivenAt.AddDays(days), Samples.Record(longest).Grants[0].ExpiresAt);
        Refused(RefusalCode.ConsentOutOfBounds, "grants[0].expires_at", longest with
        {
            ExpiresAt = longest.ExpiresAt!.Value.AddSeconds(1), // set above
        });
    }

    [Fact]
    public void Create_EndsBeforeItBegins_Refused() => Refused(
        RefusalCode.ConsentOutOfBounds,
        "grants[0].expires_at",
        Samples.Grant() with { ValidFrom = GivenAt.AddDays(2), ExpiresAt = GivenAt.AddDays(2) });

    [Fact]
    public void Create_BeginsBeforeTheConsent_Refused() => Refused(
        RefusalCode.ConsentOutOfBounds,
        "grants[0].valid_from",
        Samples.Grant() with { ValidFrom = GivenAt.AddSeconds(-1) });

    [Theory]
    [InlineData(Category.Identity, Purpose.CapacityCheck)]
    [InlineData(Category.Identity, Purpose.Statistics)]
    [InlineData(Category.Movement, Purpose.FollowUp)]
    [InlineData(Category.Risk, Purpose.FundingDecision)]
    [InlineData(Category.TravelDocs, Purpose.Shelter)]
    [InlineData(Category.ConsentRecord, Purpose.Shelter)]
    public void Create_PurposeThatMakesNoSense_Refused(Category category, Purpose purpose) =>
        Refused(RefusalCode.ConsentOutOfBounds, "grants[0].purpose", Samples.Grant(category, purpose));

    [Fact]
    public void Fits_EveryCategoryButTheRecord_HasAPurpose() => Assert.All(
        Enum.GetValues<Category>().Where(category => category is not (Category.Unspecified or Category.ConsentRecord)),
        category => Assert.Contains(Enum.GetValues<Purpose>(), purpose => GrantRules.Fits(category, purpose)));

    [Fact]
    public void Fits_UnspecifiedOrStatistics_Never() => Assert.All(
        Enum.GetValues<Category>(),
        category =>
        {
            Assert.False(GrantRules.Fits(category, Purpose.Statistics));
            Assert.False(GrantRules.Fits((Category)99, Purpose.Shelter));
        });

    [Theory]
    [InlineData((Category)99, Purpose.Shelter, RefusalCode.CodeUnknown, "grants[0].category")]
    [InlineData(Category.Unspecified, Purpose.Shelter, RefusalCode.FieldMissing, "grants[0].category")]
    [InlineData(Category.Identity, Purpose.Unspecified, RefusalCode.FieldMissing, "grants[0].purpose")]
    [InlineData(Category.Identity, (Purpose)99, RefusalCode.CodeUnknown, "grants[0].purpose")]
    public void Create_CodeUntoldOrUnknown_Refused(
        Category category, Purpose purpose, RefusalCode code, string field) =>
        Refused(code, field, Samples.Grant(category, purpose));

    [Fact]
    public void Create_NoRecipient_Refused() => Refused(
        RefusalCode.FieldMissing, "grants[0].recipient", Samples.Grant(recipient: default(RecipientId)));

    [Fact]
    public void Create_OnwardToNamed_NeedsNames()
    {
        Refused(
            RefusalCode.FieldMissing, "grants[0].onward_to", Samples.Grant() with { Onward = OnwardRule.Named });
        Refused(
            RefusalCode.FieldNotAllowed, "grants[0].onward_to", Samples.Grant() with { OnwardTo = [Samples.ShelterB] });
        Refused(
            RefusalCode.RecipientTwice,
            "grants[0].onward_to",
            Samples.Grant() with { Onward = OnwardRule.Named, OnwardTo = [Samples.ShelterA] });
        var grant = Samples.Grant() with { Onward = OnwardRule.Named, OnwardTo = [Samples.ShelterB] };
        Assert.Equal(Samples.ShelterB, Samples.Record(grant).Grants[0].OnwardTo[0]);
    }

    private static GrantTerms Grant(Category category) => Samples.Grant(category, Purpose.TravelLogistics);

    private static void Refused(RefusalCode code, string field, GrantTerms grant) =>
        Expect.Refusal(code, field, ConsentRecord.Create(Samples.Consent(grant), Samples.Now));
}
