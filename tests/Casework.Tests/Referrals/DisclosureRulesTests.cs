using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Movement;
using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Referrals;

/// <summary>Three stages of telling (docs/spec/casework.md, rules 3.1, 3.2, 3.6 and 3.8).</summary>
public sealed class DisclosureRulesTests
{
    private static readonly CaseAlias Alias = CaseAlias.Parse("Kivi-07").Value;

    [Fact]
    public void Check_AnySectionInAnEnquiry_Refused() => Assert.All(
        Enum.GetValues<Category>().Where(category => category != Category.Unspecified),
        category => Expect.Refusal(
            RefusalCode.IdentityInEnquiry,
            "sections",
            DisclosureRules.Check(DisclosureStage.Enquiry, MessageKind.Enquiry, [category])));

    [Fact]
    public void Check_EveryStageAndKind_FitsOnce() => Assert.All(
        Enum.GetValues<MessageKind>().Where(kind => kind is not (MessageKind.Unspecified or MessageKind.Cancel)),
        kind => Assert.Single(
            Enum.GetValues<DisclosureStage>(),
            stage => DisclosureRules.Check(stage, kind, SectionsOf(kind)).IsOk));

    [Theory]
    [InlineData(DisclosureStage.Enquiry, true)]
    [InlineData(DisclosureStage.Referral, true)]
    [InlineData(DisclosureStage.Movement, true)]
    [InlineData(DisclosureStage.Unspecified, false)]
    public void Check_Cancellation_FitsEveryStage(DisclosureStage stage, bool fits) =>
        Assert.Equal(fits, DisclosureRules.Check(stage, MessageKind.Cancel, []).IsOk);

    [Fact]
    public void MayLeaveStoppedCase_EveryKind_OnlyThatItIsOverAndWhoArrived() => Assert.Equal(
        [MessageKind.ArrivalOutcome, MessageKind.Cancel],
        Enum.GetValues<MessageKind>().Where(DisclosureRules.MayLeaveStoppedCase).OrderBy(kind => kind.ToString()));

    [Fact]
    public void Check_UnknownKind_Refused() => Expect.Refusal(
        RefusalCode.StageDoesNotFit, "stage", DisclosureRules.Check(DisclosureStage.Referral, (MessageKind)99, []));

    [Fact]
    public void Check_MovementWithTheReferral_Refused() => Expect.Refusal(
        RefusalCode.StageDoesNotFit,
        "stage",
        DisclosureRules.Check(
            DisclosureStage.Referral, MessageKind.ReferralSubmit, [Category.Identity, Category.Movement]));

    [Fact]
    public void Check_MovementDetailsWithoutMovement_Refused() => Expect.Refusal(
        RefusalCode.StageDoesNotFit,
        "stage",
        DisclosureRules.Check(DisclosureStage.Movement, MessageKind.MovementDetails, [Category.Identity]));

    [Fact]
    public void Check_ReferralWithoutSections_Refused() => Expect.Refusal(
        RefusalCode.FieldMissing,
        "sections",
        DisclosureRules.Check(DisclosureStage.Referral, MessageKind.ReferralSubmit, []));

    [Fact]
    public void Check_AnswerWithSections_Refused() => Expect.Refusal(
        RefusalCode.StageDoesNotFit,
        "stage",
        DisclosureRules.Check(DisclosureStage.Referral, MessageKind.Decision, [Category.Risk]));

    [Fact]
    public void Check_CategoryTwice_Refused() => Expect.Refusal(
        RefusalCode.ValueTwice,
        "sections",
        DisclosureRules.Check(
            DisclosureStage.Referral, MessageKind.ReferralSubmit, [Category.Risk, Category.Risk]));

    [Fact]
    public void CheckContent_DocumentNumber_OnlyWithMovement()
    {
        var details = Samples.Documents();
        var section = Documents(details with
        {
            Documents = [details.Documents[0] with { Number = Samples.Text("SYN000000") }],
        });

        Expect.Refusal(
            RefusalCode.StageDoesNotFit,
            "travel_docs.documents[0].number",
            Content(DisclosureStage.Referral, section, PermissionAnswer.No));
        Assert.True(Content(DisclosureStage.Movement, section, PermissionAnswer.No).IsOk);
        Assert.True(Content(DisclosureStage.Referral, section.WithoutNumbers(), PermissionAnswer.No).IsOk);
    }

    [Theory]
    [InlineData(PermissionAnswer.Unspecified, false)]
    [InlineData(PermissionAnswer.No, false)]
    [InlineData(PermissionAnswer.Limited, true)]
    [InlineData(PermissionAnswer.Yes, true)]
    public void CheckContent_SectionThatAllowsTheEmbassy_NeedsThePersonsAnswer(PermissionAnswer answer, bool isAllowed)
    {
        var section = Documents(Samples.Documents() with
        {
            Embassy = new EmbassyPolicy { Contact = EmbassyContact.AllowedByPersonOnly },
        });

        var result = Content(DisclosureStage.Referral, section, answer);

        if (isAllowed)
        {
            Expect.Value(result);
        }
        else
        {
            Expect.Refusal(RefusalCode.EmbassyForbidden, "travel_docs.embassy.contact", result);
        }
    }

    [Fact]
    public void CheckContent_AliasAsRecognition_Refused()
    {
        var details = Samples.Movement();
        var section = Expect.Value(MovementSection.Create(details with
        {
            Recognition = details.Recognition! with { Response = Samples.Text("I am kivi-07") }, // the sample has one
        }));

        Expect.Refusal(
            RefusalCode.ValueTwice,
            "movement.recognition.challenge",
            Content(DisclosureStage.Movement, section, PermissionAnswer.No));
    }

    [Fact]
    public void EndOf_Movement_72HoursAfterArrivalAtTheLatest()
    {
        var section = Expect.Value(MovementSection.Create(Samples.Movement()));
        var arrival = new DateTimeOffset(2026, 3, 21, 8, 30, 0, TimeSpan.Zero);

        Assert.Equal(arrival.AddHours(72), SectionLifetime.EndOf(section, arrival.AddDays(30)));
        Assert.Equal(arrival.AddHours(1), SectionLifetime.EndOf(section, arrival.AddHours(1)));
        Assert.Equal(arrival.AddDays(30), SectionLifetime.EndOf(Samples.Services(), arrival.AddDays(30)));
    }

    [Theory]
    [InlineData(Priority.Emergency, 24, 8)]
    [InlineData(Priority.Urgent, 72, 24)]
    [InlineData(Priority.Normal, 336, 72)]
    public void Deadlines_ByPriority_InHours(Priority priority, int decide, int acknowledge)
    {
        Assert.Equal(Samples.Now.AddHours(decide), Deadlines.RespondBy(priority, Samples.Now));
        Assert.Equal(acknowledge, Deadlines.AcknowledgeWithin(priority).TotalHours);
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadlines.DecideWithin(Priority.Unspecified));
    }

    private static Category[] SectionsOf(MessageKind kind) => kind switch
    {
        MessageKind.ReferralSubmit => [Category.Identity],
        MessageKind.MovementDetails or MessageKind.MovementChange => [Category.Movement],
        _ => [],
    };

    private static TravelDocumentsSection Documents(TravelDocumentsDetails details) =>
        Expect.Value(TravelDocumentsSection.Create(details));

    private static Result<Done> Content(DisclosureStage stage, Section section, PermissionAnswer embassy) =>
        DisclosureRules.CheckContent(stage, [section], new Permissions { EmbassyContact = embassy }, Alias);
}
