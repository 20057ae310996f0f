using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Documents;

/// <summary>Papers and the embassy rule (docs/spec/casework.md, section 6).</summary>
public sealed record TravelDocumentsSection : Section
{
    /// <summary>Most papers.</summary>
    public const int DocumentsMax = 16;

    /// <summary>Most alternative routes.</summary>
    public const int AlternativeRoutesMax = 8;

    /// <summary>Most steps.</summary>
    public const int StepsMax = 32;

    private TravelDocumentsSection(TravelDocumentsDetails details) => Details = details;

    /// <inheritdoc/>
    public override Category Category => Category.TravelDocs;

    /// <summary>What it says.</summary>
    public TravelDocumentsDetails Details { get; }

    /// <summary>Makes a section.</summary>
    /// <param name="details">What it says.</param>
    /// <returns>The section, or a refusal: <see cref="RefusalCode.EmbassyForbidden"/> when a step or route leads
    /// through an embassy that must not be contacted, <see cref="RefusalCode.DocumentNotApplicable"/> for a paper that
    /// does not exist for this person, or one about the form of a field.</returns>
    public static Result<TravelDocumentsSection> Create(TravelDocumentsDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var refusal = Check.Count(details.Documents, 0, DocumentsMax, "documents")
            ?? Check.Each(details.Documents, "documents", document => document.Validate())
            ?? details.Embassy.Validate()?.Within("embassy")
            ?? Check.Count(details.AlternativeRoutes, 0, AlternativeRoutesMax, "alternative_routes")
            ?? Check.Each(details.AlternativeRoutes, "alternative_routes", CheckRoute)
            ?? Check.Unique([.. details.AlternativeRoutes.Select(route => route.Route)], "alternative_routes")
            ?? Check.Count(details.Steps, 0, StepsMax, "steps")
            ?? Check.Each(details.Steps, "steps", step => CheckStep(step, details.Embassy))
            ?? CheckApplicable(details);
        return refusal is null ? new TravelDocumentsSection(details) : refusal;
    }

    /// <summary>Lists the papers that can be shown on a journey that ends on a day.</summary>
    /// <param name="lastDay">The last day of the journey, local.</param>
    public IEnumerable<TravelDocument> ValidForRoute(DateOnly lastDay) =>
        Details.Documents.Where(document => document.IsValidThrough(lastDay));

    /// <summary>Returns the section without document numbers, as it may travel before movement details do
    /// (docs/spec/casework.md, rule 6.6).</summary>
    public TravelDocumentsSection WithoutNumbers() => new(details: Details with
    {
        Documents = Details.Documents.Select(document => document with { Number = null }).ToValueList(),
    });

    private static Refusal? CheckRoute(AlternativeRoute route) =>
        Check.Required(route.Route, "route")
        ?? Check.Required(route.Status, "status")
        ?? (route.Route == DocumentRoute.Embassy ? Check.NotAllowed("route") : null);

    private static Refusal? CheckStep(DocumentStep step, EmbassyPolicy embassy) =>
        step.Route == DocumentRoute.Embassy && !embassy.IsContactAllowed
            ? EmbassyPolicy.EmbassyForbidden("route")
            : null;

    private static Refusal? CheckApplicable(TravelDocumentsDetails details)
    {
        for (var i = 0; i < details.Documents.Count; i++)
        {
            var field = Check.At("documents", i) + ".kind";
            var kind = details.Documents[i].Kind;
            if (kind == TravelDocumentKind.EuEtd && details.EtdGround is null)
            {
                return DocumentRules.EtdNotApplicable(field);
            }

            if (kind == TravelDocumentKind.EuReturnDocument && !details.ReturnDecisionExists)
            {
                return DocumentRules.ReturnDocumentNotApplicable(field);
            }
        }

        var routes = details.AlternativeRoutes.Select(route => route.Route)
            .Concat(details.Steps.Select(step => step.Route))
            .ToHashSet();
        return Check.Inside(details.EtdGround, "etd_ground", ground => ground.Validate())
            ?? (routes.Contains(DocumentRoute.EuReturnDocument) && !details.ReturnDecisionExists
                ? DocumentRules.ReturnDocumentNotApplicable("return_decision_exists")
                : null)
            ?? (routes.Contains(DocumentRoute.OtherMemberStateMission) && details.EtdGround is null
                ? DocumentRules.EtdNotApplicable("etd_ground")
                : null);
    }
}
