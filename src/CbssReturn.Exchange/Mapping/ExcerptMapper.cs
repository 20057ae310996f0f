using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>The consent excerpt between its wire form and the domain.</summary>
internal static class ExcerptMapper
{
    public static Result<ConsentExcerpt> Read(Wire.ConsentExcerpt wire)
    {
        var reader = new FieldReader();
        var terms = new ExcerptTerms
        {
            ConsentId = reader.Take(ConsentId.FromBytes(wire.ConsentId.Span), "consent_id"),
            Version = wire.Version,
            Grants = reader.List(wire.Grants, "grants", ReadGrant),
            Form = (ConsentForm)wire.Form,
            Language = reader.Take(LanguageTag.Parse(wire.Language), "language"),
            GivenAt = reader.RequiredMoment(wire.GivenAt, "given_at"),
            Salt = reader.Take(RecipientSalt.FromBytes(wire.Salt.Span), "salt"),
            Evidence = reader.Digest(wire.EvidenceDigest, "evidence_digest"),
            EmbassyContact = (PermissionAnswer)wire.EmbassyContact,
            PoliceSharing = (PermissionAnswer)wire.PoliceSharing,
            FamilyContact = (PermissionAnswer)wire.FamilyContact,
        };
        return reader.Finish(() => ConsentExcerpt.Create(terms));
    }

    public static Wire.ConsentExcerpt Write(ExcerptTerms terms) => new()
    {
        ConsentId = ByteString.CopyFrom(terms.ConsentId.ToArray()),
        Version = terms.Version,
        Grants = { terms.Grants.Select(WriteGrant) },
        Form = (Wire.ConsentForm)terms.Form,
        Language = terms.Language.ToString(),
        GivenAt = WireValues.Seconds(terms.GivenAt),
        Salt = ByteString.CopyFrom(terms.Salt.ToArray()),
        EvidenceDigest = WireValues.Bytes(terms.Evidence),
        EmbassyContact = (Wire.PermissionAnswer)terms.EmbassyContact,
        PoliceSharing = (Wire.PermissionAnswer)terms.PoliceSharing,
        FamilyContact = (Wire.PermissionAnswer)terms.FamilyContact,
    };

    private static Result<ExcerptGrant> ReadGrant(Wire.ExcerptGrant wire)
    {
        var reader = new FieldReader();
        var grant = new ExcerptGrant
        {
            Id = reader.Take(GrantId.FromBytes(wire.GrantId.Span), "grant_id"),
            Category = (Category)wire.Category,
            Purpose = (Purpose)wire.Purpose,
            ValidFrom = reader.RequiredMoment(wire.ValidFrom, "valid_from"),
            ExpiresAt = reader.RequiredMoment(wire.ExpiresAt, "expires_at"),
            Onward = (OnwardRule)wire.Onward,
            OnwardTo = reader.List(wire.OnwardTo, "onward_to", node => RecipientId.FromBytes(node.Span)),
        };
        return reader.Finish<ExcerptGrant>(() => grant);
    }

    private static Wire.ExcerptGrant WriteGrant(ExcerptGrant grant) => new()
    {
        GrantId = ByteString.CopyFrom(grant.Id.ToArray()),
        Category = (Wire.Category)grant.Category,
        Purpose = (Wire.Purpose)grant.Purpose,
        ValidFrom = WireValues.Seconds(grant.ValidFrom),
        ExpiresAt = WireValues.Seconds(grant.ExpiresAt),
        Onward = (Wire.OnwardRule)grant.Onward,
        OnwardTo = { grant.OnwardTo.Select(node => ByteString.CopyFrom(node.ToArray())) },
    };
}
