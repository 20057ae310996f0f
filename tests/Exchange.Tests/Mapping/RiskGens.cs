using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Risk;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>Generators of risk assessments.</summary>
internal static class RiskGens
{
    public static readonly Gen<RiskSection> Section =
        from person in Contribution(RiskAuthor.Person)
        from others in Others().List[0, 3]
        from triggers in Gens.Codes<ReassessTrigger>(1, 5)
        from recommendation in Gen.OneOf(
            RiskRecommendation.Postpone, RiskRecommendation.DoNotReturn, (RiskRecommendation)70)
        from dissent in Gens.List(Dissent(), 0, 3)
        from plan in Gens.Nullable(Plan())
        from hours in Gens.NullableValue(Gen.Int[0, 24])
        from version in Gen.UInt[1, uint.MaxValue]
        select SectionGens.Made(RiskSection.Create(new RiskDetails
        {
            AssessmentId = AssessmentId.Parse("000000000000000000000000000000c3").Value,
            Version = version,
            Supersedes = version - 1,
            OpenedAt = Gens.Now.AddDays(-3),
            ValidFrom = Gens.Now,
            ReassessDue = hours is { } count ? Gens.Now.AddHours(count) : null,
            ReassessTriggers = triggers,
            Contributions = [person, .. others],
            Recommendation = recommendation,
            Dissent = dissent,
            SafetyPlan = plan,
        }));

    private static Gen<RiskContribution> Others() => Gen.OneOf(
        Gens.Code<RiskAuthor>().Where(author => author is not (RiskAuthor.Person or RiskAuthor.Other))
            .SelectMany(Contribution),
        Absent());

    private static Gen<RiskContribution> Absent() =>
        from other in Gens.Text(RiskContribution.AuthorOtherText)
        from participation in Gens.Code<Participation>().Where(part => part != Participation.Contributed)
        select new RiskContribution
        {
            Author = RiskAuthor.Other,
            AuthorOther = other,
            Participation = participation,
        };

    private static Gen<RiskContribution> Contribution(RiskAuthor author) =>
        from words in Gens.Told(Gens.Text(RiskContribution.OwnWordsText))
        from risks in Gens.List(Risks(), 0, 2)
        from signedAt in Gens.Moment
        from attestation in Attestations()
        from level in Gen.OneOf(RiskLevel.Unspecified, RiskLevel.Extreme, (RiskLevel)9)
        select new RiskContribution
        {
            Author = author,
            Participation = Participation.Contributed,
            OwnWords = words,
            Risks = risks,
            Levels = PhaseLevels.None with { Transit = level },
            SignedAt = signedAt,
            Attestation = attestation,
        };

    private static Gen<Attestation> Attestations() =>
        from form in Gens.Code<ConsentForm>()
        from role in Gens.Code<WitnessRole>()
        from evidence in Gens.NullableValue(Gens.Digest)
        select new Attestation(form, role, evidence);

    private static Gen<IdentifiedRisk> Risks() =>
        from codes in Gen.Select(
            Gens.Code<JourneyPhase>(),
            Gens.Code<AtRisk>(),
            Gens.Code<RiskEvidence>(),
            Gens.AnyCode<ProtectionAvailable>())
        from sources in Gens.Codes<ThreatSource>(1, 5)
        from facts in Gens.Codes<KnownFact>(0, 5)
        from scale in Gen.Select(Gen.UInt[1, 4], Gen.UInt[1, 4])
        from texts in Gen.Select(
            Gens.Text(IdentifiedRisk.ShortText),
            Gens.Optional(IdentifiedRisk.NoteText),
            Gens.Optional(IdentifiedRisk.ShortText))
        from measures in Gens.List(Measures(), 0, 2)
        select new IdentifiedRisk
        {
            Phase = codes.Item1,
            AtRisk = codes.Item2,
            Evidence = codes.Item3,
            Protection = codes.Item4,
            ThreatSources = sources,
            ThreatSourceOther = Gens.When(sources.Contains(ThreatSource.Other), texts.Item1),
            KnownFacts = facts,
            Likelihood = scale.Item1,
            Severity = scale.Item2,
            EvidenceNote = texts.Item2,
            ProtectionContact = texts.Item3,
            Countermeasures = measures,
        };

    private static Gen<Countermeasure> Measures() =>
        from kind in Gens.Code<CountermeasureKind>()
        from other in Gens.Text(Countermeasure.KindOtherText)
        from phase in Gens.Code<JourneyPhase>()
        from node in Gens.NullableValue(Gens.Node)
        from responsible in Gens.AnyCode<RiskAuthor>()
        from dueAt in Gens.NullableValue(Gens.Moment)
        from status in Gens.Code<CountermeasureStatus>()
        from accepted in Gens.AnyCode<YesNo>()
        select new Countermeasure
        {
            Kind = kind,
            KindOther = Gens.When(kind == CountermeasureKind.Other, other),
            Phase = phase,
            ResponsibleNode = node,
            Responsible = responsible,
            DueAt = dueAt,
            Status = status,
            AcceptedByPerson = accepted,
        };

    private static Gen<RiskDissent> Dissent() =>
        from phase in Gens.Code<JourneyPhase>()
        from level in Gens.Code<RiskLevel>()
        from reason in Gens.Optional(RiskDissent.Text)
        from resolution in Gens.AnyCode<DissentResolution>()
        from note in Gens.Optional(RiskDissent.Text)
        select new RiskDissent
        {
            Contribution = 0,
            Phase = phase,
            OwnLevel = level,
            Reason = reason,
            Resolution = resolution,
            ResolutionNote = note,
        };

    private static Gen<SafetyPlan> Plan() =>
        from contacts in Gens.List(Gens.Text(SafetyPlan.LineText), 0, 3)
        from times in Gens.List(Gens.Local, 0, 3)
        from words in Gens.List(Gens.Text(SafetyPlan.LineText), 0, 3)
        from ifNotMet in Gens.Optional(SafetyPlan.IfNotMetText)
        from never in Gens.List(Gens.Text(SafetyPlan.LineText), 0, 3)
        select new SafetyPlan
        {
            EmergencyContacts = contacts,
            CheckIns = times,
            CodeWords = words,
            IfNotMet = ifNotMet,
            NeverCall = never,
        };
}
