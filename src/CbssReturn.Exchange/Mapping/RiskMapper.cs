using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Risk;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Reads the risk section; <see cref="RiskWriter"/> writes it.</summary>
internal static class RiskMapper
{
    public static Result<RiskSection> FromWire(Wire.RiskSection wire, SectionSource source)
    {
        var reader = new FieldReader();
        var details = new RiskDetails
        {
            AssessmentId = reader.Take(AssessmentId.Parse(wire.AssessmentId), "assessment_id"),
            Version = wire.Version,
            Supersedes = wire.Supersedes,
            OpenedAt = reader.RequiredMoment(wire.OpenedAt, "opened_at"),
            ValidFrom = reader.RequiredMoment(wire.ValidFrom, "valid_from"),
            ReassessDue = reader.Moment(wire.ReassessDue, "reassess_due"),
            ReassessTriggers = reader.List<Wire.ReassessTrigger, ReassessTrigger>(
                wire.ReassessTriggers, "reassess_triggers", trigger => (ReassessTrigger)trigger),
            Contributions = reader.List(wire.Contributions, "contributions", ReadContribution),
            Overall = ReadLevels(wire.Overall),
            Consensus = reader.List(wire.Consensus, "consensus", ReadConsensus),
            Recommendation = (RiskRecommendation)wire.Recommendation,
            Dissent = reader.List(wire.Dissent, "dissent", ReadDissent),
            SafetyPlan = reader.Inside(wire.SafetyPlan, "safety_plan", plan => ReadPlan(plan, source)),
        };
        return reader.Finish(() => RiskSection.Create(details));
    }

    public static Wire.RiskSection ToWire(RiskDetails details) => RiskWriter.Write(details);

    private static PhaseLevels ReadLevels(Wire.PhaseLevels? wire) =>
        wire is null
            ? PhaseLevels.None
            : new PhaseLevels(
                (RiskLevel)wire.BeforeDeparture,
                (RiskLevel)wire.Transit,
                (RiskLevel)wire.Arrival,
                (RiskLevel)wire.AfterReturn);

    private static Result<RiskContribution> ReadContribution(Wire.RiskContribution wire)
    {
        var reader = new FieldReader();
        var contribution = new RiskContribution
        {
            Author = (RiskAuthor)wire.Author,
            AuthorOther = reader.Text(wire.AuthorOther, RiskContribution.AuthorOtherText, "author_other"),
            Participation = (Participation)wire.Participation,
            OwnWords = reader.Told(wire.OwnWords, RiskContribution.OwnWordsText, "own_words"),
            Risks = reader.List(wire.Risks, "risks", ReadRisk),
            Levels = ReadLevels(wire.Levels),
            SignedAt = reader.Moment(wire.SignedAt, "signed_at"),
            Attestation = reader.Inside(wire.Attestation, "attestation", ReadAttestation),
        };
        return reader.Finish<RiskContribution>(() => contribution);
    }

    private static Result<Attestation> ReadAttestation(Wire.Attestation wire)
    {
        var reader = new FieldReader();
        var attestation = new Attestation(
            (ConsentForm)wire.Form,
            (WitnessRole)wire.WitnessRole,
            reader.Digest(wire.EvidenceDigest, "evidence_digest"));
        return reader.Finish<Attestation>(() => attestation);
    }

    private static Result<IdentifiedRisk> ReadRisk(Wire.IdentifiedRisk wire)
    {
        var reader = new FieldReader();
        var risk = new IdentifiedRisk
        {
            Phase = (JourneyPhase)wire.Phase,
            AtRisk = (AtRisk)wire.AtRisk,
            ThreatSources = reader.List<Wire.ThreatSource, ThreatSource>(
                wire.ThreatSources, "threat_sources", threat => (ThreatSource)threat),
            ThreatSourceOther = reader.Text(
                wire.ThreatSourceOther, IdentifiedRisk.ShortText, "threat_source_other"),
            KnownFacts = reader.List<Wire.KnownFact, KnownFact>(
                wire.KnownFacts, "known_facts", fact => (KnownFact)fact),
            Likelihood = wire.Likelihood,
            Severity = wire.Severity,
            Evidence = (RiskEvidence)wire.Evidence,
            EvidenceNote = reader.Text(wire.EvidenceNote, IdentifiedRisk.NoteText, "evidence_note"),
            Protection = (ProtectionAvailable)wire.Protection,
            ProtectionContact = reader.Text(wire.ProtectionContact, IdentifiedRisk.ShortText, "protection_contact"),
            Countermeasures = reader.List(wire.Countermeasures, "countermeasures", ReadMeasure),
        };
        return reader.Finish<IdentifiedRisk>(() => risk);
    }

    private static Result<Countermeasure> ReadMeasure(Wire.Countermeasure wire)
    {
        var reader = new FieldReader();
        var measure = new Countermeasure
        {
            Kind = (CountermeasureKind)wire.Kind,
            KindOther = reader.Text(wire.KindOther, Countermeasure.KindOtherText, "kind_other"),
            Phase = (JourneyPhase)wire.Phase,
            ResponsibleNode = reader.Node(wire.ResponsibleNode, "responsible_node"),
            Responsible = (RiskAuthor)wire.Responsible,
            DueAt = reader.Moment(wire.DueAt, "due_at"),
            Status = (CountermeasureStatus)wire.Status,
            AcceptedByPerson = (YesNo)wire.AcceptedByPerson,
        };
        return reader.Finish<Countermeasure>(() => measure);
    }

    private static Result<RiskConsensus> ReadConsensus(Wire.RiskConsensus wire)
    {
        var reader = new FieldReader();
        var consensus = new RiskConsensus
        {
            Phase = (JourneyPhase)wire.Phase,
            Level = (RiskLevel)wire.Level,
            Reason = reader.RequiredText(wire.Reason, RiskConsensus.ReasonText, "reason"),
            SignedBy = reader.List<uint, uint>(wire.SignedBy, "signed_by", place => place),
        };
        return reader.Finish<RiskConsensus>(() => consensus);
    }

    private static Result<RiskDissent> ReadDissent(Wire.RiskDissent wire)
    {
        var reader = new FieldReader();
        var dissent = new RiskDissent
        {
            Contribution = wire.Contribution,
            Phase = (JourneyPhase)wire.Phase,
            OwnLevel = (RiskLevel)wire.OwnLevel,
            Reason = reader.Text(wire.Reason, RiskDissent.Text, "reason"),
            Resolution = (DissentResolution)wire.Resolution,
            ResolutionNote = reader.Text(wire.ResolutionNote, RiskDissent.Text, "resolution_note"),
        };
        return reader.Finish<RiskDissent>(() => dissent);
    }

    private static Result<SafetyPlan> ReadPlan(Wire.SafetyPlan wire, SectionSource source)
    {
        var reader = new FieldReader();
        var plan = new SafetyPlan
        {
            EmergencyContacts = reader.Texts(wire.EmergencyContacts, SafetyPlan.LineText, "emergency_contacts"),
            CheckIns = reader.List(wire.CheckIns, "check_ins", time => FieldReader.ReadLocal(time, source)),
            CodeWords = reader.Texts(wire.CodeWords, SafetyPlan.LineText, "code_words"),
            IfNotMet = reader.Text(wire.IfNotMet, SafetyPlan.IfNotMetText, "if_not_met"),
            NeverCall = reader.Texts(wire.NeverCall, SafetyPlan.LineText, "never_call"),
        };
        return reader.Finish<SafetyPlan>(() => plan);
    }
}
