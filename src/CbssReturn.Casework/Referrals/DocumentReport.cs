using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>State of one travel document, without number and name (docs/spec/casework.md, rule 10.6).</summary>
public sealed record DocumentReport : CodedAnswer
{
    private DocumentReport(
        TravelDocumentKind document, TravelDocumentStatus status, DateOnly? expiresOn, DocumentRoute route) =>
        (Document, Status, ExpiresOn, Route) = (document, status, expiresOn, route);

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.DocumentReport;

    /// <summary>Which paper.</summary>
    public TravelDocumentKind Document { get; }

    /// <summary>Where it stands.</summary>
    public TravelDocumentStatus Status { get; }

    /// <summary>Last day of validity; null when unknown.</summary>
    public DateOnly? ExpiresOn { get; }

    /// <summary>By which way it was or is obtained; unspecified when not told.</summary>
    public DocumentRoute Route { get; }

    /// <summary>Makes a report. <see cref="CheckAgainst"/> must pass before it is sent or believed.</summary>
    /// <returns>The report, or a refusal about a code.</returns>
    public static Result<DocumentReport> Create(
        TravelDocumentKind document, TravelDocumentStatus status, DateOnly? expiresOn, DocumentRoute route)
    {
        var refusal = Check.Known(document, "kind")
            ?? Check.Known(status, "status")
            ?? Check.KnownOrUnset(route, "route");
        return refusal is null ? new DocumentReport(document, status, expiresOn, route) : refusal;
    }

    /// <summary>Checks the report against what the person allowed and what exists for them.</summary>
    /// <param name="embassyContact">The person's answer to the embassy question, from the consent or its
    /// excerpt.</param>
    /// <param name="section">The travel documents section known here; null when there is none, and then the embassy is
    /// only for an unlimited yes, and papers that need a ground do not exist.</param>
    /// <returns>Done, or a refusal: <see cref="RefusalCode.EmbassyForbidden"/>,
    /// <see cref="RefusalCode.DocumentNotApplicable"/>.</returns>
    public Result<Done> CheckAgainst(PermissionAnswer embassyContact, TravelDocumentsSection? section)
    {
        if (Route == DocumentRoute.Embassy && !IsEmbassyAllowed(embassyContact, section))
        {
            return EmbassyPolicy.EmbassyForbidden("route");
        }

        var needsDecision = Document == TravelDocumentKind.EuReturnDocument || Route == DocumentRoute.EuReturnDocument;
        if (needsDecision && section?.Details.ReturnDecisionExists != true)
        {
            return DocumentRules.ReturnDocumentNotApplicable("kind");
        }

        var needsGround = Document == TravelDocumentKind.EuEtd || Route == DocumentRoute.OtherMemberStateMission;
        return needsGround && section?.Details.EtdGround is null
            ? DocumentRules.EtdNotApplicable("kind")
            : Done.Instance;
    }

    private static bool IsEmbassyAllowed(PermissionAnswer answer, TravelDocumentsSection? section) =>
        section is null
            ? answer == PermissionAnswer.Yes
            : section.Details.Embassy is { IsContactAllowed: true } policy && policy.CheckAgainst(answer).IsOk;
}
