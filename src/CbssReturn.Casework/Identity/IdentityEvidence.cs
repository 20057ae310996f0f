using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;

namespace CbssReturn.Casework.Identity;

/// <summary>One proof of who the person is.</summary>
public sealed record IdentityEvidence : Confidential
{
    /// <summary>Rule of <see cref="Other"/>.</summary>
    public static readonly TextRule OtherText = new(SensitivityClass.Personal, 80);

    /// <summary>Which paper.</summary>
    public TravelDocumentKind Kind { get; init; }

    /// <summary>Who holds it.</summary>
    public EvidenceHolder HeldBy { get; init; }

    /// <summary>Who verified it.</summary>
    public IdentifyingBody VerifiedBy { get; init; }

    /// <summary>What an OTHER among the three stands for; null when there is none.</summary>
    public FreeText? Other { get; init; }
}
