using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Documents;

/// <summary>What a travel documents section says. <see cref="TravelDocumentsSection.Create"/> checks it.</summary>
public sealed record TravelDocumentsDetails : Confidential
{
    /// <summary>Papers; at most 16.</summary>
    public ValueList<TravelDocument> Documents { get; init; } = [];

    /// <summary>Whether a state was asked to confirm the nationality.</summary>
    public NationalityVerification NationalityVerification { get; init; }

    /// <summary>The embassy rule.</summary>
    public EmbassyPolicy Embassy { get; init; } = EmbassyPolicy.Forbidden;

    /// <summary>Ways other than the embassy; at most 8, each once.</summary>
    public ValueList<AlternativeRoute> AlternativeRoutes { get; init; } = [];

    /// <summary>Steps; at most 32.</summary>
    public ValueList<DocumentStep> Steps { get; init; } = [];

    /// <summary>What an EU emergency travel document rests on; null when none is named.</summary>
    public EtdGround? EtdGround { get; init; }

    /// <summary>Whether there is a return decision, without which no European travel document for return
    /// exists.</summary>
    public bool ReturnDecisionExists { get; init; }
}
