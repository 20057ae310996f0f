using CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Bench.Delivery;

/// <summary>A synthetic consent, and a risk section that just fits a padded part of a given size.</summary>
internal static class Payload
{
    private const int NoteChars = 490;
    private const int RisksPerAuthor = 32;

    // What the item, its contribution and the section's own field take, and the length that padding puts first.
    private const int FramingSizeBytes = 64;

    private static readonly RiskAuthor[] Authors =
    [
        RiskAuthor.Person, RiskAuthor.ProviderSending, RiskAuthor.ProviderReceiving, RiskAuthor.LawEnforcementSending,
        RiskAuthor.LawEnforcementReceiving, RiskAuthor.ReturnProgrammeOperator, RiskAuthor.Health, RiskAuthor.Lawyer,
    ];

    public static ConsentRecord Consent(string recipient, ulong now) => new()
    {
        SubjectAlias = "Bench-01",
        GivenBy = ConsentGiver.Person,
        Capacity = Capacity.Capable,
        Form = ConsentForm.SignedPaper,
        Language = "lv",
        InformationGiven =
        {
            Enum.GetValues<InformationItem>().Where(item => item != InformationItem.Unspecified),
        },
        UnderstandingCheck = UnderstandingCheck.TeachBack,
        Grants =
        {
            new Grant
            {
                Category = Category.Risk,
                Recipient = recipient,
                Purpose = Purpose.Shelter,
                Onward = OnwardRule.No,
            },
        },
        Permissions = new Permissions(),
        GivenAt = now - 3600,
    };

    public static Section Risk(int sizeBytes, ulong now)
    {
        var section = new RiskSection
        {
            AssessmentId = "839583a57c8c5447d2e1961626e90282",
            Version = 1,
            OpenedAt = now - 7200,
            ValidFrom = now - 3600,
            ReassessTriggers = { ReassessTrigger.EveryContact },
            Recommendation = RiskRecommendation.TravelOk,
        };
        var item = Item();
        foreach (var author in Authors)
        {
            var contribution = new RiskContribution
            {
                Author = author,
                Participation = Participation.Contributed,
                Levels = new PhaseLevels
                {
                    BeforeDeparture = RiskLevel.Low,
                    Transit = RiskLevel.Low,
                    Arrival = RiskLevel.Low,
                    AfterReturn = RiskLevel.Low,
                },
                SignedAt = now - 3600,
                Attestation = new Attestation { Form = ConsentForm.SignedElectronic },
            };
            section.Contributions.Add(contribution);
            while (contribution.Risks.Count < RisksPerAuthor
                && section.CalculateSize() + item.CalculateSize() + FramingSizeBytes <= sizeBytes)
            {
                contribution.Risks.Add(item);
            }
        }

        return new Section { Risk = section };
    }

    private static IdentifiedRisk Item() => new()
    {
        Phase = JourneyPhase.Arrival,
        AtRisk = AtRisk.Person,
        ThreatSources = { ThreatSource.RecruiterHomeArea },
        Likelihood = 1,
        Severity = 1,
        Evidence = RiskEvidence.SelfReport,
        EvidenceNote = new string('x', NoteChars),
        Protection = ProtectionAvailable.PoliceLimited,
    };
}
