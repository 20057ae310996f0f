using CbssReturn.Casework.Risk;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Writes the risk section.</summary>
internal static class RiskWriter
{
    public static Wire.RiskSection Write(RiskDetails details) => new()
    {
        AssessmentId = details.AssessmentId.ToString(),
        Version = details.Version,
        Supersedes = details.Supersedes,
        OpenedAt = WireValues.Seconds(details.OpenedAt),
        ValidFrom = WireValues.Seconds(details.ValidFrom),
        ReassessDue = WireValues.Seconds(details.ReassessDue),
        ReassessTriggers = { details.ReassessTriggers.Select(trigger => (Wire.ReassessTrigger)trigger) },
        Contributions = { details.Contributions.Select(WriteContribution) },
        Overall = WriteLevels(details.Overall),
        Consensus =
        {
            details.Consensus.Select(consensus => new Wire.RiskConsensus
            {
                Phase = (Wire.JourneyPhase)consensus.Phase,
                Level = (Wire.RiskLevel)consensus.Level,
                Reason = consensus.Reason.Content,
                SignedBy = { consensus.SignedBy },
            }),
        },
        Recommendation = (Wire.RiskRecommendation)details.Recommendation,
        Dissent =
        {
            details.Dissent.Select(dissent => new Wire.RiskDissent
            {
                Contribution = dissent.Contribution,
                Phase = (Wire.JourneyPhase)dissent.Phase,
                OwnLevel = (Wire.RiskLevel)dissent.OwnLevel,
                Reason = WireValues.Text(dissent.Reason),
                Resolution = (Wire.DissentResolution)dissent.Resolution,
                ResolutionNote = WireValues.Text(dissent.ResolutionNote),
            }),
        },
        SafetyPlan = details.SafetyPlan is { } plan ? WritePlan(plan) : null,
    };

    private static Wire.PhaseLevels? WriteLevels(PhaseLevels levels) =>
        levels == PhaseLevels.None
            ? null
            : new Wire.PhaseLevels
            {
                BeforeDeparture = (Wire.RiskLevel)levels.BeforeDeparture,
                Transit = (Wire.RiskLevel)levels.Transit,
                Arrival = (Wire.RiskLevel)levels.Arrival,
                AfterReturn = (Wire.RiskLevel)levels.AfterReturn,
            };

    private static Wire.RiskContribution WriteContribution(RiskContribution contribution) => new()
    {
        Author = (Wire.RiskAuthor)contribution.Author,
        AuthorOther = WireValues.Text(contribution.AuthorOther),
        Participation = (Wire.Participation)contribution.Participation,
        OwnWords = WireValues.Told(contribution.OwnWords),
        Risks = { contribution.Risks.Select(WriteRisk) },
        Levels = WriteLevels(contribution.Levels),
        SignedAt = WireValues.Seconds(contribution.SignedAt),
        Attestation = contribution.Attestation is { } attestation
            ? new Wire.Attestation
            {
                Form = (Wire.ConsentForm)attestation.Form,
                WitnessRole = (Wire.WitnessRole)attestation.WitnessRole,
                EvidenceDigest = WireValues.Bytes(attestation.Evidence),
            }
            : null,
    };

    private static Wire.IdentifiedRisk WriteRisk(IdentifiedRisk risk) => new()
    {
        Phase = (Wire.JourneyPhase)risk.Phase,
        AtRisk = (Wire.AtRisk)risk.AtRisk,
        ThreatSources = { risk.ThreatSources.Select(threat => (Wire.ThreatSource)threat) },
        ThreatSourceOther = WireValues.Text(risk.ThreatSourceOther),
        KnownFacts = { risk.KnownFacts.Select(fact => (Wire.KnownFact)fact) },
        Likelihood = risk.Likelihood,
        Severity = risk.Severity,
        Evidence = (Wire.RiskEvidence)risk.Evidence,
        EvidenceNote = WireValues.Text(risk.EvidenceNote),
        Protection = (Wire.ProtectionAvailable)risk.Protection,
        ProtectionContact = WireValues.Text(risk.ProtectionContact),
        Countermeasures =
        {
            risk.Countermeasures.Select(measure => new Wire.Countermeasure
            {
                Kind = (Wire.CountermeasureKind)measure.Kind,
                KindOther = WireValues.Text(measure.KindOther),
                Phase = (Wire.JourneyPhase)measure.Phase,
                ResponsibleNode = measure.ResponsibleNode?.ToString() ?? "",
                Responsible = (Wire.RiskAuthor)measure.Responsible,
                DueAt = WireValues.Seconds(measure.DueAt),
                Status = (Wire.CountermeasureStatus)measure.Status,
                AcceptedByPerson = (Wire.YesNo)measure.AcceptedByPerson,
            }),
        },
    };

    private static Wire.SafetyPlan WritePlan(SafetyPlan plan) => new()
    {
        EmergencyContacts = { plan.EmergencyContacts.Select(text => text.Content) },
        CheckIns = { plan.CheckIns.Select(WireValues.Local) },
        CodeWords = { plan.CodeWords.Select(text => text.Content) },
        IfNotMet = WireValues.Text(plan.IfNotMet),
        NeverCall = { plan.NeverCall.Select(text => text.Content) },
    };
}
