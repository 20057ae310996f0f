using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>One spelling for each value, each refusal placed at its field.</summary>
public sealed class StrictnessTests
{
    // Field 1000, varint 1: what a newer node could send.
    private static readonly byte[] NewerField = [0xC0, 0x3E, 0x01];

    [Fact]
    public void Section_Empty_Refused() =>
        Refused(RefusalCode.FieldMissing, null, SectionMapper.FromWire(new Wire.Section(), Gens.Now, default));

    [Fact]
    public void Section_WithNewerField_ReadAndTold()
    {
        var section = Vector.Section("services");
        section.Services.MergeFrom(NewerField);

        Assert.True(WireRules.HasNewerFields(section));
        Assert.True(SectionMapper.FromWire(section, Gens.Now, SectionSource.Received).IsOk);
    }

    [Fact]
    public void Section_OfANewerKind_Refused()
    {
        var section = Wire.Section.Parser.ParseFrom(NewerField);

        Refused(RefusalCode.FieldMissing, null, SectionMapper.FromWire(section, Gens.Now, SectionSource.Received));
        Assert.Equal(Category.Unspecified, SectionMapper.CategoryOf(section));
        Assert.True(WireRules.HasNewerFields(section));
    }

    [Fact]
    public void ControlPart_WithNewerField_Refused()
    {
        var answer = Cancelled();
        answer.MergeFrom(NewerField);
        var nested = Cancelled();
        nested.Cancellation.MergeFrom(NewerField);
        var excerpt = Excerpt();
        excerpt.Grants[0].MergeFrom(NewerField);

        Refused(RefusalCode.FieldUnknown, null, AnswerMapper.FromWire(answer));
        Refused(RefusalCode.FieldUnknown, null, AnswerMapper.FromWire(nested));
        Refused(RefusalCode.FieldUnknown, null, ConsentMapper.ExcerptFromWire(excerpt));
    }

    [Fact]
    public void ControlPart_UnknownCode_Refused()
    {
        var excerpt = Excerpt();
        excerpt.Grants[0].Category = (Wire.Category)99;

        Refused(RefusalCode.CodeUnknown, "grants[0].category", ConsentMapper.ExcerptFromWire(excerpt));
        Refused(RefusalCode.CodeUnknown, "cancellation.reason", AnswerMapper.FromWire(
            new Wire.Answer { Cancellation = new Wire.Cancellation { Reason = (Wire.CancelReason)99 } }));
        Refused(RefusalCode.CodeUnknown, "document_report.route", AnswerMapper.FromWire(new Wire.Answer
        {
            DocumentReport = new Wire.DocumentReport
            {
                Kind = Wire.TravelDocumentKind.Passport,
                Status = Wire.TravelDocumentStatus.Issued,
                Route = (Wire.DocumentRoute)99,
            },
        }));
    }

    [Fact]
    public void Answer_Empty_Refused() =>
        Refused(RefusalCode.FieldMissing, null, AnswerMapper.FromWire(new Wire.Answer()));

    [Fact]
    public void Answer_DeclineWithoutCode_RefusedAtItsField() => Refused(
        RefusalCode.DeclineCodeMissing,
        "decision.decline.code",
        AnswerMapper.FromWire(new Wire.Answer
        {
            Decision = new Wire.Decision { Kind = Wire.DecisionKind.Declined, Decline = new Wire.Decline() },
        }));

    [Fact]
    public void Answer_HalfAStaffPair_Refused() => Refused(
        RefusalCode.FieldMissing,
        "pickup_answer.deputy_alias",
        AnswerMapper.FromWire(new Wire.Answer
        {
            PickupAnswer = new Wire.PickupAnswer
            {
                Verdict = Wire.PickupVerdict.Confirmed,
                MovementVersion = 1,
                LeadAlias = "Liepa",
            },
        }));

    [Fact]
    public void Answer_DayBeyond2199_Refused() => Refused(
        RefusalCode.NumberOutOfRange,
        "document_report.expires_day",
        AnswerMapper.FromWire(new Wire.Answer
        {
            DocumentReport = new Wire.DocumentReport
            {
                Kind = Wire.TravelDocumentKind.Passport,
                Status = Wire.TravelDocumentStatus.Issued,
                ExpiresDay = uint.MaxValue,
            },
        }));

    public static TheoryData<string, RefusalCode, string, Action<Wire.Section>> Wrong => new()
    {
        {
            "identity", RefusalCode.FieldMalformed, "identity.date_of_birth",
            section => section.Identity.DateOfBirth.Value = "1992-5-4"
        },
        {
            "identity", RefusalCode.FieldMissing, "identity.date_of_birth",
            section => section.Identity.DateOfBirth = new Wire.ToldDate()
        },
        {
            "identity", RefusalCode.FieldMissing, "identity.pronouns",
            section => section.Identity.Pronouns = new Wire.ToldText { Untold = default }
        },
        {
            "identity", RefusalCode.FieldMissing, "identity.used_name",
            section => section.Identity.UsedName = new Wire.ToldText { Value = "" }
        },
        {
            "identity", RefusalCode.FieldTooLong, "identity.legal_names[0].latin",
            section => section.Identity.LegalNames[0].Latin = new string('a', 101)
        },
        {
            "identity", RefusalCode.PossibleMinor, "identity.age_band",
            section => section.Identity.AgeBand = Wire.AgeBand.MinorPossible
        },
        {
            "identity", RefusalCode.TooMany, "identity.legal_names",
            section => section.Identity.LegalNames.Add(Enumerable.Repeat(section.Identity.LegalNames[0], 1000))
        },
        {
            "identity", RefusalCode.FieldMalformed, "identity.nationalities[0].country",
            section => section.Identity.Nationalities[0].Country = "ua"
        },
        {
            "travel_docs", RefusalCode.EmbassyForbidden, "travel_docs.steps[0].route",
            section => section.TravelDocs.Steps[0].Route = Wire.DocumentRoute.Embassy
        },
        {
            "travel_docs", RefusalCode.FieldMalformed, "travel_docs.documents[0].expires_on",
            section => section.TravelDocs.Documents[0].ExpiresOn = "2200-01-01"
        },
        {
            "movement", RefusalCode.LocalTimeInvalid, "movement.legs[0].arrives.utc_offset_minutes",
            section => section.Movement.Legs[0].Arrives.UtcOffsetMinutes = 60
        },
        {
            "movement", RefusalCode.LocalTimeInvalid, "movement.window.start.local",
            section => (section.Movement.Window.Start.Local, section.Movement.Window.Start.UtcOffsetMinutes) =
                ("2026-03-29T03:30", 120)
        },
        {
            "movement", RefusalCode.ZoneUnknown, "movement.legs[0].departs.zone",
            section => section.Movement.Legs[0].Departs.Zone = "Europe/Nowhere"
        },
        {
            "movement", RefusalCode.FieldMissing, "movement.legs[0].arrives",
            section => section.Movement.Legs[0].Arrives = null
        },
        {
            "movement", RefusalCode.PickupRefusedByPerson, "movement.meeting_point",
            section => section.Movement.PickupChoice = Wire.PickupChoice.Refused
        },
        {
            "movement", RefusalCode.FieldMissing, "movement.fallback_contacts[0].phone",
            section => section.Movement.FallbackContacts[0].Phone = ""
        },
        {
            "risk", RefusalCode.IdentifierMalformed, "risk.assessment_id",
            section => section.Risk.AssessmentId = section.Risk.AssessmentId.ToUpperInvariant()
        },
        {
            "risk", RefusalCode.NumberOutOfRange, "risk.contributions[0].signed_at",
            section => section.Risk.Contributions[0].SignedAt = ulong.MaxValue
        },
        {
            "risk", RefusalCode.FieldMalformed, "risk.contributions[0].attestation.evidence_digest",
            section => section.Risk.Contributions[0].Attestation.EvidenceDigest = ByteString.CopyFrom(1)
        },
        {
            "risk", RefusalCode.RiskLowered, "risk.overall.arrival",
            section => section.Risk.Overall = new Wire.PhaseLevels { Arrival = Wire.RiskLevel.Low }
        },
        {
            "risk", RefusalCode.FieldTooLong, "risk.contributions[0].own_words",
            section => section.Risk.Contributions[0].OwnWords = new Wire.ToldText { Value = new string('a', 2001) }
        },
        {
            "services", RefusalCode.FieldMalformed, "services.services[0].notes",
            section => section.Services.Services[0].Notes = "a\u0007"
        },
        {
            "services", RefusalCode.FieldMissing, "services.plan.steps[0].what",
            section => section.Services.Plan.Steps[0].What = ""
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Section_OneFieldWrong_RefusedAtThatField(
        string name, RefusalCode code, string field, Action<Wire.Section> damage)
    {
        var section = Vector.Section(name);
        damage(section);

        Refused(code, field, SectionMapper.FromWire(section, Gens.Now, SectionSource.Written));
    }

    [Fact]
    public void Movement_OffsetOfOtherRules_RefusedWhenWrittenMarkedWhenReceived()
    {
        var section = Vector.Section("movement");
        section.Movement.Legs[0].Departs.UtcOffsetMinutes = 180;

        Assert.False(SectionMapper.FromWire(section, Gens.Now, SectionSource.Written).IsOk);
        var received = SectionGens.Made(SectionMapper.FromWire(section, Gens.Now, SectionSource.Received));
        Assert.True(Assert.IsType<Casework.Movement.MovementSection>(received).HasDoubtfulTimes);
        Assert.Equal(section, SectionMapper.ToWire(received));
    }

    [Fact]
    public void TravelDocuments_NoEmbassyRule_IsForbidden()
    {
        var section = Vector.Section("travel_docs");
        section.TravelDocs.Embassy = null;

        var read = SectionGens.Made(SectionMapper.FromWire(section, Gens.Now, SectionSource.Written));

        Assert.Equal(Wire.EmbassyContact.Forbidden, SectionMapper.ToWire(read).TravelDocs.Embassy.Contact);
    }

    public static TheoryData<string, Action<Wire.ConsentRecord>> GivenByTheNode => new()
    {
        { "consent_id", record => record.ConsentId = "000000000000000000000000000000e5" },
        { "version", record => record.Version = 1 },
        { "status", record => record.Status = Wire.ConsentStatus.Active },
        { "evidence_digest", record => record.EvidenceDigest = ByteString.CopyFrom(1) },
        { "grants[0].grant_id", record => record.Grants[0].GrantId = "000000000000000000000000000000d4" },
    };

    [Theory]
    [MemberData(nameof(GivenByTheNode))]
    public void TermsFromWire_WhatTheNodeGives_Refused(string field, Action<Wire.ConsentRecord> fill)
    {
        var record = Vector.Consent();
        fill(record);

        Refused(RefusalCode.FieldNotAllowed, field, ConsentMapper.TermsFromWire(record));
    }

    [Fact]
    public void TermsFromWire_Good_IsAConsent() => SectionGens.Made(ConsentMapper.TermsFromWire(Vector.Consent())
        .Then(terms => Casework.Consent.ConsentRecord.Create(terms, Gens.Now)));

    [Fact]
    public void TermsFromWire_GrantThatLastsTooLong_RefusedAtItsField()
    {
        var record = Vector.Consent();
        record.Grants[1].ExpiresAt = record.GivenAt + (181 * 86_400);

        Refused(
            RefusalCode.ConsentOutOfBounds,
            "grants[1].expires_at",
            ConsentMapper.TermsFromWire(record)
                .Then(terms => Casework.Consent.ConsentRecord.Create(terms, Gens.Now)));
    }

    private static Wire.Answer Cancelled() =>
        new() { Cancellation = new Wire.Cancellation { Reason = Wire.CancelReason.PersonEnded } };

    private static Wire.ConsentExcerpt Excerpt()
    {
        var terms = SectionGens.Made(ConsentMapper.TermsFromWire(Vector.Consent()));
        var record = SectionGens.Made(Casework.Consent.ConsentRecord.Create(terms, Gens.Now));
        return ConsentMapper.ToWire(
            SectionGens.Made(record.ExcerptFor(record.Grants[0].Recipient, RecipientSalt.NewRandom())));
    }

    private static void Refused<T>(RefusalCode code, string? field, Result<T> result)
        where T : notnull
    {
        Assert.False(result.IsOk, "A refusal was expected.");
        Assert.Equal((code, field), (result.Refusal.Code, result.Refusal.Field));
    }
}
