using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>The travel documents section between its wire form and the domain.</summary>
internal static class TravelDocumentsMapper
{
    public static Result<TravelDocumentsSection> FromWire(Wire.TravelDocumentsSection wire)
    {
        var reader = new FieldReader();
        var details = new TravelDocumentsDetails
        {
            Documents = reader.List(wire.Documents, "documents", ReadDocument),
            NationalityVerification = (NationalityVerification)wire.NationalityVerification,
            Embassy = reader.Inside(wire.Embassy, "embassy", ReadEmbassy) ?? EmbassyPolicy.Forbidden,
            AlternativeRoutes = reader.List(wire.AlternativeRoutes, "alternative_routes", ReadRoute),
            Steps = reader.List(wire.Steps, "steps", ReadStep),
            EtdGround = reader.Inside(wire.EtdGround, "etd_ground", ReadGround),
            ReturnDecisionExists = wire.ReturnDecisionExists,
        };
        return reader.Finish(() => TravelDocumentsSection.Create(details));
    }

    public static Wire.TravelDocumentsSection ToWire(TravelDocumentsDetails details) => new()
    {
        Documents = { details.Documents.Select(WriteDocument) },
        NationalityVerification = (Wire.NationalityVerification)details.NationalityVerification,
        Embassy = WriteEmbassy(details.Embassy),
        AlternativeRoutes =
        {
            details.AlternativeRoutes.Select(route => new Wire.AlternativeRoute
            {
                Route = (Wire.DocumentRoute)route.Route,
                Status = (Wire.RouteStatus)route.Status,
            }),
        },
        Steps =
        {
            details.Steps.Select(step => new Wire.DocumentStep
            {
                What = step.What.Content,
                WhoAlias = step.WhoAlias?.ToString() ?? "",
                DueOn = WireValues.Date(step.DueOn),
                Done = step.IsDone,
                Route = (Wire.DocumentRoute)step.Route,
            }),
        },
        EtdGround = details.EtdGround is { } ground
            ? new Wire.EtdGround
            {
                Citizenship = ground.Citizenship.ToString(),
                LocatedIn = ground.LocatedIn.ToString(),
                RepresentedThere = (Wire.YesNo)ground.RepresentedThere,
            }
            : null,
        ReturnDecisionExists = details.ReturnDecisionExists,
    };

    private static Wire.TravelDocument WriteDocument(TravelDocument document) => new()
    {
        Kind = (Wire.TravelDocumentKind)document.Kind,
        KindOther = WireValues.Text(document.KindOther),
        Status = (Wire.TravelDocumentStatus)document.Status,
        IssuingAuthority = WireValues.Text(document.IssuingAuthority),
        IssuingCountry = document.IssuingCountry?.ToString() ?? "",
        Number = WireValues.Text(document.Number),
        IssuedOn = WireValues.Date(document.IssuedOn),
        ExpiresOn = WireValues.Date(document.ExpiresOn),
        SingleJourney = (Wire.YesNo)document.SingleJourney,
    };

    private static Wire.EmbassyPolicy WriteEmbassy(EmbassyPolicy policy) => new()
    {
        Contact = (Wire.EmbassyContact)policy.Contact,
        ViaAlias = policy.ViaAlias?.ToString() ?? "",
        Limits = { policy.Limits.Select(limit => (Wire.EmbassyLimit)limit) },
        OnlyAfter = WireValues.Date(policy.OnlyAfter),
        RiskReason = (Wire.EmbassyRiskReason)policy.RiskReason,
        RiskReasonOther = WireValues.Text(policy.RiskReasonOther),
    };

    private static Result<TravelDocument> ReadDocument(Wire.TravelDocument wire)
    {
        var reader = new FieldReader();
        var document = new TravelDocument
        {
            Kind = (TravelDocumentKind)wire.Kind,
            KindOther = reader.Text(wire.KindOther, TravelDocument.KindOtherText, "kind_other"),
            Status = (TravelDocumentStatus)wire.Status,
            IssuingAuthority = reader.Text(wire.IssuingAuthority, TravelDocument.AuthorityText, "issuing_authority"),
            IssuingCountry = reader.Country(wire.IssuingCountry, "issuing_country"),
            Number = reader.Text(wire.Number, TravelDocument.NumberText, "number"),
            IssuedOn = reader.Date(wire.IssuedOn, "issued_on"),
            ExpiresOn = reader.Date(wire.ExpiresOn, "expires_on"),
            SingleJourney = (YesNo)wire.SingleJourney,
        };
        return reader.Finish<TravelDocument>(() => document);
    }

    private static Result<EmbassyPolicy> ReadEmbassy(Wire.EmbassyPolicy wire)
    {
        var reader = new FieldReader();
        var policy = new EmbassyPolicy
        {
            Contact = (EmbassyContact)wire.Contact,
            ViaAlias = reader.Alias(wire.ViaAlias, "via_alias"),
            Limits = reader.List<Wire.EmbassyLimit, EmbassyLimit>(
                wire.Limits, "limits", limit => (EmbassyLimit)limit),
            OnlyAfter = reader.Date(wire.OnlyAfter, "only_after"),
            RiskReason = (EmbassyRiskReason)wire.RiskReason,
            RiskReasonOther = reader.Text(wire.RiskReasonOther, EmbassyPolicy.ReasonText, "risk_reason_other"),
        };
        return reader.Finish<EmbassyPolicy>(() => policy);
    }

    private static Result<AlternativeRoute> ReadRoute(Wire.AlternativeRoute wire) =>
        new AlternativeRoute((DocumentRoute)wire.Route, (RouteStatus)wire.Status);

    private static Result<DocumentStep> ReadStep(Wire.DocumentStep wire)
    {
        var reader = new FieldReader();
        var step = new DocumentStep
        {
            What = reader.RequiredText(wire.What, DocumentStep.WhatText, "what"),
            WhoAlias = reader.Alias(wire.WhoAlias, "who_alias"),
            DueOn = reader.Date(wire.DueOn, "due_on"),
            IsDone = wire.Done,
            Route = (DocumentRoute)wire.Route,
        };
        return reader.Finish<DocumentStep>(() => step);
    }

    private static Result<EtdGround> ReadGround(Wire.EtdGround wire)
    {
        var reader = new FieldReader();
        var ground = new EtdGround(
            reader.Take(CountryCode.Parse(wire.Citizenship), "citizenship"),
            reader.Take(CountryCode.Parse(wire.LocatedIn), "located_in"),
            (YesNo)wire.RepresentedThere);
        return reader.Finish<EtdGround>(() => ground);
    }
}
