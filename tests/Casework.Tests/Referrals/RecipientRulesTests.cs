using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Referrals;

/// <summary>Who may get what at all (docs/spec/casework.md, rules 3.3 to 3.5).</summary>
public sealed class RecipientRulesTests
{
    private static readonly Permissions Nothing = new();

    private static readonly Permissions Everything = new()
    {
        EmbassyContact = PermissionAnswer.Yes,
        PoliceSharing = PermissionAnswer.Yes,
    };

    [Fact]
    public void Check_FocalPoint_SeesNoContentWhateverIsAllowed() => Assert.All(
        Enum.GetValues<MessageKind>().Where(kind => kind is not (MessageKind.Enquiry or MessageKind.EnquiryAnswer)),
        kind => Expect.Refusal(
            RefusalCode.RecipientMaySeeNoContent,
            null,
            RecipientRules.Check(Node(NodeKind.FocalPoint), kind, Everything)));

    [Theory]
    [InlineData(NodeKind.FocalPoint)]
    [InlineData(NodeKind.LawEnforcement)]
    [InlineData(NodeKind.Provider)]
    public void Check_EnquiryWithoutIdentity_MayBeAsked(NodeKind kind) =>
        Expect.Value(RecipientRules.Check(Node(kind), MessageKind.Enquiry, Nothing));

    [Fact]
    public void Check_Suspended_Refused() => Expect.Refusal(
        RefusalCode.RecipientSuspended,
        null,
        RecipientRules.Check(
            Node(NodeKind.Provider) with { IsSuspended = true }, MessageKind.Enquiry, Everything));

    [Theory]
    [InlineData(PermissionAnswer.Unspecified)]
    [InlineData(PermissionAnswer.No)]
    [InlineData(PermissionAnswer.Limited)]
    public void Check_ConsulateWithoutAYes_Refused(PermissionAnswer answer) => Assert.All(
        [MessageKind.Enquiry, MessageKind.ReferralSubmit],
        kind => Expect.Refusal(
            RefusalCode.EmbassyForbidden,
            null,
            RecipientRules.Check(
                Node(NodeKind.Consulate), kind, new Permissions { EmbassyContact = answer })));

    [Fact]
    public void Check_PoliceWithoutAYes_Refused()
    {
        Expect.Refusal(
            RefusalCode.RecipientMaySeeNoContent,
            null,
            RecipientRules.Check(Node(NodeKind.LawEnforcement), MessageKind.ReferralSubmit, Nothing));
        Assert.True(
            RecipientRules.Check(Node(NodeKind.LawEnforcement), MessageKind.ReferralSubmit, Everything).IsOk);
    }

    [Fact]
    public void Check_UnknownKindOfNode_Refused() => Expect.Refusal(
        RefusalCode.RecipientMaySeeNoContent,
        null,
        RecipientRules.Check(Node((NodeKind)99), MessageKind.ReferralSubmit, Everything));

    [Theory]
    [InlineData(NodeKind.Provider, Category.Identity, true)]
    [InlineData(NodeKind.ReturnProgrammeOperator, Category.Movement, true)]
    [InlineData(NodeKind.LawEnforcement, Category.Risk, true)]
    [InlineData(NodeKind.LawEnforcement, Category.Identity, false)]
    [InlineData(NodeKind.LawEnforcement, Category.Movement, false)]
    [InlineData(NodeKind.Immigration, Category.TravelDocs, true)]
    [InlineData(NodeKind.Immigration, Category.Identity, false)]
    [InlineData(NodeKind.Immigration, Category.Movement, false)]
    [InlineData(NodeKind.Consulate, Category.Identity, true)]
    [InlineData(NodeKind.Consulate, Category.Risk, false)]
    [InlineData(NodeKind.Consulate, Category.Movement, false)]
    [InlineData(NodeKind.Health, Category.Identity, false)]
    [InlineData(NodeKind.Health, Category.Health, true)]
    [InlineData(NodeKind.FocalPoint, Category.Services, false)]
    public void CheckSection_ByKindAndCategory_AsTheViewersSay(NodeKind kind, Category category, bool maySee) =>
        Assert.Equal(maySee, RecipientRules.CheckSection(Node(kind), category, Everything).IsOk);

    [Fact]
    public void CheckGrants_GoodConsent_Passes() =>
        Expect.Value(RecipientRules.CheckGrants(Samples.Record(), Samples.Self, Find(NodeKind.Provider)));

    [Fact]
    public void CheckGrants_SuspendedRecipient_MayStillBeNamed() => Expect.Value(RecipientRules.CheckGrants(
        Samples.Record(), Samples.Self, id => Node(NodeKind.Provider) with { Id = id, IsSuspended = true }));

    [Fact]
    public void CheckGrants_ThisNodeItself_Refused()
    {
        Expect.Refusal(
            RefusalCode.RecipientTwice,
            "grants[0].recipient",
            RecipientRules.CheckGrants(Samples.Record(), Samples.ShelterA, Find(NodeKind.Provider)));
    }

    [Fact]
    public void CheckGrants_NotInTheDirectory_Refused()
    {
        Expect.Refusal(
            RefusalCode.RecipientUnknown,
            "grants[0].recipient",
            RecipientRules.CheckGrants(Samples.Record(), Samples.Self, _ => null));
        var onward = Samples.Record(Samples.Grant() with { Onward = OnwardRule.Named, OnwardTo = [Samples.ShelterB] });
        Expect.Refusal(
            RefusalCode.RecipientUnknown,
            "grants[0].onward_to",
            RecipientRules.CheckGrants(
                onward, Samples.Self, id => id == Samples.ShelterA ? Node(NodeKind.Provider) : null));
    }

    [Fact]
    public void CheckGrants_ConsulateWhileTheSwitchIsNotYes_Refused() => Expect.Refusal(
        RefusalCode.EmbassyForbidden,
        "grants[0].recipient",
        RecipientRules.CheckGrants(Samples.Record(), Samples.Self, Find(NodeKind.Consulate)));

    [Fact]
    public void CheckGrants_FocalPoint_Refused() => Expect.Refusal(
        RefusalCode.RecipientMaySeeNoContent,
        "grants[0].recipient",
        RecipientRules.CheckGrants(Samples.Record(), Samples.Self, Find(NodeKind.FocalPoint)));

    [Fact]
    public void CheckGrants_ThirdCountry_OnlyWhenThePersonKnowsWhatItMeans()
    {
        var told = Samples.Consent() with
        {
            InformationGiven = ConsentRules.InformationRequired.Append(InformationItem.ThirdCountryRisk).ToValueList(),
        };
        var find = Find(NodeKind.Provider, "UA");

        Expect.Refusal(
            RefusalCode.ConsentOutOfBounds,
            "grants[0].recipient",
            RecipientRules.CheckGrants(Samples.Record(), Samples.Self, find));
        Expect.Value(RecipientRules.CheckGrants(
            Expect.Value(ConsentRecord.Create(told, Samples.Now)), Samples.Self, find));
    }

    private static Recipient Node(NodeKind kind) => new(Samples.ShelterA, kind, Samples.Country("LV"), false);

    private static Func<RecipientId, Recipient?> Find(NodeKind kind, string country = "LV") =>
        id => new Recipient(id, kind, Samples.Country(country), false);
}
