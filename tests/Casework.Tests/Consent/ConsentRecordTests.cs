using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Consent;

/// <summary>What must hold before a consent counts (docs/spec/casework.md, section 2).</summary>
public sealed class ConsentRecordTests
{
    [Fact]
    public void Create_GoodTerms_ActiveVersionOne()
    {
        var record = Samples.Record();

        Assert.Equal((1u, ConsentStatus.Active), (record.Version, record.Status));
        Assert.False(record.Id.IsDefault);
        Assert.False(record.Grants[0].Id.IsDefault);
        Assert.Equal(OnwardRule.No, record.Grants[0].Onward);
    }

    [Fact]
    public void Create_UnderstandingNotChecked_Refused() => Refused(
        RefusalCode.UnderstandingNotChecked,
        "understanding_check",
        Samples.Consent() with { UnderstandingCheck = UnderstandingCheck.NotDone });

    [Fact]
    public void Create_UnderstandingNotTold_Refused() => Refused(
        RefusalCode.FieldMissing,
        "understanding_check",
        Samples.Consent() with { UnderstandingCheck = UnderstandingCheck.Unspecified });

    [Fact]
    public void Create_InterpreterFromTheCircle_Refused() => Refused(
        RefusalCode.InterpreterNotIndependent,
        "interpreter_independent",
        Samples.Consent() with { InterpreterUsed = true, InterpreterAlias = Samples.Staff("Tulks") });

    [Fact]
    public void Create_InterpreterIndependent_Taken() => Expect.Value(ConsentRecord.Create(
        Samples.Consent() with
        {
            InterpreterUsed = true,
            InterpreterAlias = Samples.Staff("Tulks"),
            InterpreterIndependent = true,
        },
        Samples.Now));

    [Fact]
    public void Create_InterpreterWithoutAlias_Refused() => Refused(
        RefusalCode.FieldMissing,
        "interpreter_alias",
        Samples.Consent() with { InterpreterUsed = true, InterpreterIndependent = true });

    [Theory]
    [InlineData(ConsentGiver.Person, Capacity.Capable, true)]
    [InlineData(ConsentGiver.PersonWithSupport, Capacity.Capable, true)]
    [InlineData(ConsentGiver.PersonWithSupport, Capacity.CapableWithSupport, true)]
    [InlineData(ConsentGiver.Person, Capacity.CapableWithSupport, false)]
    [InlineData(ConsentGiver.Person, Capacity.TemporarilyImpaired, false)]
    [InlineData(ConsentGiver.Person, Capacity.NotAssessed, false)]
    [InlineData(ConsentGiver.Person, Capacity.LacksCapacity, false)]
    [InlineData(ConsentGiver.Guardian, Capacity.LacksCapacity, true)]
    [InlineData(ConsentGiver.LegalRepresentative, Capacity.LacksCapacity, true)]
    [InlineData(ConsentGiver.Guardian, Capacity.Capable, false)]
    [InlineData(ConsentGiver.Guardian, Capacity.TemporarilyImpaired, false)]
    [InlineData(ConsentGiver.Guardian, Capacity.NotAssessed, false)]
    public void Create_GiverAndCapacity_OnlyWhoCanDecideDecides(ConsentGiver giver, Capacity capacity, bool isTaken)
    {
        var isGuardian = giver is ConsentGiver.Guardian or ConsentGiver.LegalRepresentative;
        var terms = Samples.Consent() with
        {
            GivenBy = giver,
            Capacity = capacity,
            Guardian = isGuardian ? new Guardian(Samples.Staff("Aizbildnis"), YesNo.No) : null,
        };

        var result = ConsentRecord.Create(terms, Samples.Now);

        if (isTaken)
        {
            Expect.Value(result);
        }
        else
        {
            Expect.Refusal(RefusalCode.CapacityNotGiven, "capacity", result);
        }
    }

    [Theory]
    [InlineData(YesNo.Unspecified)]
    [InlineData(YesNo.Yes)]
    [InlineData(YesNo.Declined)]
    [InlineData(YesNo.Unknown)]
    public void Create_GuardianNotClearOfConflict_Refused(YesNo conflict) => Refused(
        RefusalCode.ConsentOutOfBounds,
        "guardian.conflict_of_interest",
        Samples.Consent() with
        {
            GivenBy = ConsentGiver.Guardian,
            Capacity = Capacity.LacksCapacity,
            Guardian = new Guardian(Samples.Staff("Aizbildnis"), conflict),
        });

    [Fact]
    public void Create_GuardianBesideCapablePerson_Refused() => Refused(
        RefusalCode.FieldNotAllowed,
        "guardian",
        Samples.Consent() with { Guardian = new Guardian(Samples.Staff("Aizbildnis"), YesNo.No) });

    [Fact]
    public void Create_GuardianNotNamed_Refused() => Refused(
        RefusalCode.FieldMissing,
        "guardian",
        Samples.Consent() with { GivenBy = ConsentGiver.Guardian, Capacity = Capacity.LacksCapacity });

    [Theory]
    [InlineData(ConsentForm.Unspecified, RefusalCode.FieldMissing, "form")]
    [InlineData((ConsentForm)9, RefusalCode.CodeUnknown, "form")]
    [InlineData(ConsentForm.OralWitnessed, RefusalCode.FieldMissing, "witness_alias")]
    public void Create_FormThatIsNotExplicit_Refused(ConsentForm form, RefusalCode code, string field) =>
        Refused(code, field, Samples.Consent() with { Form = form });

    [Fact]
    public void Create_AnyRequiredInformationLeftOut_Refused() => Assert.All(
        ConsentRules.InformationRequired,
        item => Refused(
            RefusalCode.ConsentOutOfBounds,
            "information_given",
            Samples.Consent() with
            {
                InformationGiven = ConsentRules.InformationRequired.Where(given => given != item).ToValueList(),
            }));

    [Fact]
    public void Create_InformationTwice_Refused() => Refused(
        RefusalCode.ValueTwice,
        "information_given[9]",
        Samples.Consent() with
        {
            InformationGiven = ConsentRules.InformationRequired.Append(InformationItem.Purpose).ToValueList(),
        });

    [Fact]
    public void Create_NoGrant_Refused() =>
        Refused(RefusalCode.FieldMissing, "grants", Samples.Consent() with { Grants = [] });

    [Fact]
    public void Create_TooManyGrants_Refused() => Refused(
        RefusalCode.TooMany,
        "grants",
        Samples.Consent() with { Grants = Enumerable.Repeat(Samples.Grant(), 65).ToValueList() });

    [Fact]
    public void Create_SameGrantTwice_Refused() => Refused(
        RefusalCode.ValueTwice,
        "grants[2]",
        Samples.Consent(Samples.Grant(), Samples.Grant(recipient: Samples.ShelterB), Samples.Grant()));

    [Fact]
    public void Create_GivenInTheFuture_Refused() => Refused(
        RefusalCode.DatesContradict, "given_at", Samples.Consent() with { GivenAt = Samples.Now.AddMinutes(11) });

    [Fact]
    public void Create_ClockALittleBehind_Taken() => Expect.Value(ConsentRecord.Create(
        Samples.Consent() with { GivenAt = Samples.Now.AddMinutes(9) }, Samples.Now));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_GrantsWhatIsKeptBack_Refused(bool isFromEverybody) => Refused(
        RefusalCode.ConsentOutOfBounds,
        "grants[0]",
        Samples.Consent() with
        {
            Withheld =
            [
                new Withholding
                {
                    Category = Category.Identity,
                    Recipient = isFromEverybody ? null : Samples.ShelterA,
                    Reason = WithholdingReason.FearOfHarm,
                },
            ],
        });

    [Fact]
    public void Create_KeptBackFromSomebodyElse_Taken() => Expect.Value(ConsentRecord.Create(
        Samples.Consent() with
        {
            Withheld =
            [
                new Withholding { Category = Category.Identity, Recipient = Samples.ShelterB },
                new Withholding { Category = Category.Identity, OtherParty = Samples.Text("the cousin") },
                new Withholding { Topic = Samples.Text("the debt") },
            ],
        },
        Samples.Now));

    [Fact]
    public void Create_KeptBackNothing_Refused() => Refused(
        RefusalCode.FieldMissing,
        "withheld[0].topic",
        Samples.Consent() with { Withheld = [new Withholding { Recipient = Samples.ShelterB }] });

    [Theory]
    [InlineData(PermissionAnswer.No)]
    [InlineData(PermissionAnswer.Unspecified)]
    public void Create_PolicePurposeWithoutPoliceAnswer_Refused(PermissionAnswer answer) => Refused(
        RefusalCode.ConsentOutOfBounds,
        "grants[0].purpose",
        WithPolice(answer));

    [Theory]
    [InlineData(PermissionAnswer.Yes)]
    [InlineData(PermissionAnswer.Limited)]
    public void Create_PolicePurposeWithPoliceAnswer_Taken(PermissionAnswer answer) =>
        Expect.Value(ConsentRecord.Create(WithPolice(answer), Samples.Now));

    [Fact]
    public void Create_UnknownPermission_Refused() => Refused(
        RefusalCode.CodeUnknown,
        "permissions.embassy_contact",
        Samples.Consent() with { Permissions = new Permissions { EmbassyContact = (PermissionAnswer)9 } });

    [Fact]
    public void Restore_WhatWasCreated_IsTheSame()
    {
        var record = Samples.Record(Samples.Grant(), Samples.Grant(Category.Risk, Purpose.RiskAssessment));

        var restored = ConsentRecord.Restore(record.Id, record.Version, record.Status, record.Terms, Samples.Now);

        Assert.Equal(record, Expect.Value(restored));
    }

    [Fact]
    public void Restore_WithoutIds_Refused()
    {
        var terms = Samples.Consent();

        Expect.Refusal(
            RefusalCode.FieldMissing,
            "grants[0].grant_id",
            ConsentRecord.Restore(ConsentId.NewRandom(), 1, ConsentStatus.Active, terms, Samples.Now));
        Expect.Refusal(
            RefusalCode.FieldMissing,
            "consent_id",
            ConsentRecord.Restore(default, 1, ConsentStatus.Active, terms, Samples.Now));
        Expect.Refusal(
            RefusalCode.NumberOutOfRange,
            "version",
            ConsentRecord.Restore(ConsentId.NewRandom(), 0, ConsentStatus.Active, terms, Samples.Now));
        Expect.Refusal(
            RefusalCode.FieldMissing,
            "status",
            ConsentRecord.Restore(ConsentId.NewRandom(), 1, ConsentStatus.Unspecified, terms, Samples.Now));
    }

    [Fact]
    public void Revise_OneMoreRecipient_KeepsIdsAndCountsOn()
    {
        var first = Samples.Record();

        var second = Expect.Value(first.Revise(
            Samples.Consent(Samples.Grant(), Samples.Grant(recipient: Samples.ShelterB)), Samples.Now));

        Assert.Equal((first.Id, 2u), (second.Id, second.Version));
        Assert.Equal(first.Grants[0].Id, second.Grants[0].Id);
        Assert.NotEqual(first.Grants[0].Id, second.Grants[1].Id);
    }

    private static ConsentTerms WithPolice(PermissionAnswer answer) =>
        Samples.Consent(Samples.Grant(Category.Risk, Purpose.ProtectionByPolice)) with
        {
            Permissions = new Permissions { PoliceSharing = answer },
        };

    private static void Refused(RefusalCode code, string field, ConsentTerms terms) =>
        Expect.Refusal(code, field, ConsentRecord.Create(terms, Samples.Now));
}
