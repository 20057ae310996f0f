using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>The consent record between its wire form and the domain. Strict: unknown fields and codes are refused.
/// </summary>
public static class ConsentMapper
{
    /// <summary>Reads what somebody wrote down, before the node gives it its ids. <see cref="ConsentRecord"/> checks
    /// the rules.</summary>
    /// <param name="record">The wire form.</param>
    /// <returns>The terms, or a refusal: <see cref="RefusalCode.FieldNotAllowed"/> for what only the node gives (ids,
    /// version, status, digest), or one about the form of a field. Fields are paths in the names of the JSON form, for
    /// example <c>grants[1].expires_at</c>.</returns>
    public static Result<ConsentTerms> TermsFromWire(Wire.ConsentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var given = record switch
        {
            { ConsentId.Length: > 0 } => "consent_id",
            { Version: not 0 } => "version",
            { Status: not Wire.ConsentStatus.Unspecified } => "status",
            { EvidenceDigest.IsEmpty: false } => "evidence_digest",
            _ => null,
        };
        if (given is not null)
        {
            return new Refusal(RefusalCode.FieldNotAllowed, "The node gives this; it must be empty here.", given);
        }

        var named = record.Grants.ToList().FindIndex(grant => grant.GrantId.Length > 0);
        return named >= 0
            ? new Refusal(
                RefusalCode.FieldNotAllowed,
                "The node gives this; it must be empty here.",
                FormattableString.Invariant($"grants[{named}].grant_id"))
            : WireRules.CheckControlPart(record).Then(_ => ReadTerms(record));
    }

    /// <summary>Reads a record as this node kept it, and checks every rule on it.</summary>
    /// <param name="record">The wire form.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The record, or a refusal as from <see cref="ConsentRecord.Restore"/>.</returns>
    public static Result<ConsentRecord> FromWire(Wire.ConsentRecord record, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!ConsentId.Parse(record.ConsentId).TryGet(out var id, out var refusal))
        {
            return refusal.Within("consent_id");
        }

        return WireRules.CheckControlPart(record)
            .Then(_ => ReadTerms(record))
            .Then(terms => ConsentRecord.Restore(id, record.Version, (ConsentStatus)record.Status, terms, now));
    }

    /// <summary>Writes a record, complete with ids, times and onward rules.</summary>
    public static Wire.ConsentRecord ToWire(ConsentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var terms = record.Terms;
        return new Wire.ConsentRecord
        {
            ConsentId = record.Id.ToString(),
            Version = record.Version,
            SubjectAlias = terms.SubjectAlias.ToString(),
            GivenBy = (Wire.ConsentGiver)terms.GivenBy,
            Capacity = (Wire.Capacity)terms.Capacity,
            Guardian = terms.Guardian is { } guardian
                ? new Wire.Guardian
                {
                    Alias = guardian.Alias.ToString(),
                    ConflictOfInterest = (Wire.YesNo)guardian.ConflictOfInterest,
                }
                : null,
            Form = (Wire.ConsentForm)terms.Form,
            Language = terms.Language.ToString(),
            InterpreterUsed = terms.InterpreterUsed,
            InterpreterAlias = terms.InterpreterAlias?.ToString() ?? "",
            InterpreterIndependent = terms.InterpreterIndependent,
            InformationGiven = { terms.InformationGiven.Select(item => (Wire.InformationItem)item) },
            UnderstandingCheck = (Wire.UnderstandingCheck)terms.UnderstandingCheck,
            Grants = { record.Grants.Select(WriteGrant) },
            Withheld = { terms.Withheld.Select(WriteWithholding) },
            Permissions = WritePermissions(terms.Permissions),
            GivenAt = WireValues.Seconds(terms.GivenAt),
            WitnessAlias = terms.WitnessAlias?.ToString() ?? "",
            EvidenceDigest = WireValues.Bytes(terms.Evidence),
            Status = (Wire.ConsentStatus)record.Status,
        };
    }

    /// <summary>Reads an excerpt as a recipient got it, and checks every rule on it.</summary>
    /// <param name="excerpt">The wire form.</param>
    /// <returns>The excerpt, or a refusal as from <see cref="ConsentExcerpt.Create"/>.</returns>
    public static Result<ConsentExcerpt> ExcerptFromWire(Wire.ConsentExcerpt excerpt)
    {
        ArgumentNullException.ThrowIfNull(excerpt);
        return WireRules.CheckControlPart(excerpt).Then(_ => ExcerptMapper.Read(excerpt));
    }

    /// <summary>Writes an excerpt.</summary>
    public static Wire.ConsentExcerpt ToWire(ConsentExcerpt excerpt)
    {
        ArgumentNullException.ThrowIfNull(excerpt);
        return ExcerptMapper.Write(excerpt.Terms);
    }

    private static Result<ConsentTerms> ReadTerms(Wire.ConsentRecord record)
    {
        var reader = new FieldReader();
        var terms = new ConsentTerms
        {
            SubjectAlias = reader.Take(CaseAlias.Parse(record.SubjectAlias), "subject_alias"),
            GivenBy = (ConsentGiver)record.GivenBy,
            Capacity = (Capacity)record.Capacity,
            Guardian = reader.Inside(record.Guardian, "guardian", ReadGuardian),
            Form = (ConsentForm)record.Form,
            Language = reader.Take(LanguageTag.Parse(record.Language), "language"),
            InterpreterUsed = record.InterpreterUsed,
            InterpreterAlias = reader.Alias(record.InterpreterAlias, "interpreter_alias"),
            InterpreterIndependent = record.InterpreterIndependent,
            InformationGiven = reader.List<Wire.InformationItem, InformationItem>(
                record.InformationGiven, "information_given", item => (InformationItem)item),
            UnderstandingCheck = (UnderstandingCheck)record.UnderstandingCheck,
            Grants = reader.List(record.Grants, "grants", ReadGrant),
            Withheld = reader.List(record.Withheld, "withheld", ReadWithholding),
            Permissions = ReadPermissions(record.Permissions),
            GivenAt = reader.RequiredMoment(record.GivenAt, "given_at"),
            WitnessAlias = reader.Alias(record.WitnessAlias, "witness_alias"),
            Evidence = reader.Digest(record.EvidenceDigest, "evidence_digest"),
        };
        return reader.Finish<ConsentTerms>(() => terms);
    }

    private static Result<Guardian> ReadGuardian(Wire.Guardian wire)
    {
        var reader = new FieldReader();
        var guardian = new Guardian(
            reader.Take(StaffAlias.Parse(wire.Alias), "alias"), (YesNo)wire.ConflictOfInterest);
        return reader.Finish<Guardian>(() => guardian);
    }

    private static Result<GrantTerms> ReadGrant(Wire.Grant wire)
    {
        var reader = new FieldReader();
        var grant = new GrantTerms
        {
            Id = wire.GrantId.Length == 0 ? default : reader.Take(GrantId.Parse(wire.GrantId), "grant_id"),
            Category = (Category)wire.Category,
            Recipient = reader.Node(wire.Recipient, "recipient") ?? default,
            Purpose = (Purpose)wire.Purpose,
            ValidFrom = reader.Moment(wire.ValidFrom, "valid_from"),
            ExpiresAt = reader.Moment(wire.ExpiresAt, "expires_at"),
            Onward = (OnwardRule)wire.Onward,
            OnwardTo = reader.List(wire.OnwardTo, "onward_to", RecipientId.Parse),
        };
        return reader.Finish<GrantTerms>(() => grant);
    }

    private static Result<Withholding> ReadWithholding(Wire.Withholding wire)
    {
        var reader = new FieldReader();
        var withholding = new Withholding
        {
            Category = (Category)wire.Category,
            Topic = reader.Text(wire.Topic, Withholding.Text, "topic"),
            Recipient = reader.Node(wire.Recipient, "recipient"),
            OtherParty = reader.Text(wire.OtherParty, Withholding.Text, "other_party"),
            Reason = (WithholdingReason)wire.Reason,
            ReasonOther = reader.Text(wire.ReasonOther, Withholding.Text, "reason_other"),
        };
        return reader.Finish<Withholding>(() => withholding);
    }

    private static Permissions ReadPermissions(Wire.Permissions? wire) => wire is null
        ? new Permissions()
        : new Permissions
        {
            EmbassyContact = (PermissionAnswer)wire.EmbassyContact,
            PoliceSharing = (PermissionAnswer)wire.PoliceSharing,
            FamilyContact = (PermissionAnswer)wire.FamilyContact,
            Statistics = (PermissionAnswer)wire.Statistics,
        };

    private static Wire.Permissions WritePermissions(Permissions permissions) => new()
    {
        EmbassyContact = (Wire.PermissionAnswer)permissions.EmbassyContact,
        PoliceSharing = (Wire.PermissionAnswer)permissions.PoliceSharing,
        FamilyContact = (Wire.PermissionAnswer)permissions.FamilyContact,
        Statistics = (Wire.PermissionAnswer)permissions.Statistics,
    };

    private static Wire.Grant WriteGrant(Grant grant) => new()
    {
        GrantId = grant.Id.ToString(),
        Category = (Wire.Category)grant.Category,
        Recipient = grant.Recipient.ToString(),
        Purpose = (Wire.Purpose)grant.Purpose,
        ValidFrom = WireValues.Seconds(grant.ValidFrom),
        ExpiresAt = WireValues.Seconds(grant.ExpiresAt),
        Onward = (Wire.OnwardRule)grant.Onward,
        OnwardTo = { grant.OnwardTo.Select(node => node.ToString()) },
    };

    private static Wire.Withholding WriteWithholding(Withholding withholding) => new()
    {
        Category = (Wire.Category)withholding.Category,
        Topic = WireValues.Text(withholding.Topic),
        Recipient = withholding.Recipient?.ToString() ?? "",
        OtherParty = WireValues.Text(withholding.OtherParty),
        Reason = (Wire.WithholdingReason)withholding.Reason,
        ReasonOther = WireValues.Text(withholding.ReasonOther),
    };
}
