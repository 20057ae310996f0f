using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>What one person agreed to share. Immutable: a change is a new version, a withdrawal is the person's and
/// never needs a reason.</summary>
/// <remarks>Default deny: what no grant names is not shared (docs/spec/casework.md, rule 2.1). The record stays at the
/// origin; a recipient gets a <see cref="ConsentExcerpt"/>.</remarks>
public sealed record ConsentRecord : Confidential
{
    private ConsentRecord(
        ConsentId id, uint version, ConsentStatus status, ConsentTerms terms, ValueList<Grant> grants) =>
        (Id, Version, Status, Terms, Grants) = (id, version, status, terms, grants);

    /// <summary>Names the consent at its origin; the same for all its versions.</summary>
    public ConsentId Id { get; }

    /// <summary>Version, counted from 1.</summary>
    public uint Version { get; }

    /// <summary>Where it stands.</summary>
    public ConsentStatus Status { get; }

    /// <summary>What was written down. Its grants are complete: ids, times and onward rule are those of
    /// <see cref="Grants"/>.</summary>
    public ConsentTerms Terms { get; }

    /// <summary>What may be shared; 1 to 64.</summary>
    public ValueList<Grant> Grants { get; }

    /// <summary>Answers to the four questions that are asked on their own.</summary>
    public Permissions Permissions => Terms.Permissions;

    /// <summary>Records a new consent.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="now">The moment, to see that nothing was agreed in the future.</param>
    /// <returns>Version 1, or a refusal: <see cref="RefusalCode.UnderstandingNotChecked"/>,
    /// <see cref="RefusalCode.InterpreterNotIndependent"/>, <see cref="RefusalCode.CapacityNotGiven"/>,
    /// <see cref="RefusalCode.ConsentOutOfBounds"/>, <see cref="RefusalCode.RecipientTwice"/>,
    /// <see cref="RefusalCode.DatesContradict"/>, or one about the form of a field.</returns>
    public static Result<ConsentRecord> Create(ConsentTerms terms, DateTimeOffset now) =>
        Build(ConsentId.NewRandom(), 1, ConsentStatus.Active, terms, now);

    /// <summary>Takes up a record that was kept.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">Its version, at least 1.</param>
    /// <param name="status">Where it stood.</param>
    /// <param name="terms">What was agreed; each grant with its id.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The record, or a refusal as from <see cref="Create"/>.</returns>
    public static Result<ConsentRecord> Restore(
        ConsentId id, uint version, ConsentStatus status, ConsentTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Check.OnlyWhen(true, !id.IsDefault, "consent_id")
            ?? Check.Range(version, 1, uint.MaxValue, "version")
            ?? Check.Known(status, "status")
            ?? Check.Each(terms.Grants, "grants", grant => Check.OnlyWhen(true, !grant.Id.IsDefault, "grant_id"))
            ?? Build(id, version, status, terms, now);
    }

    /// <summary>Records the next version: the person agreed to something else.</summary>
    /// <param name="terms">What was agreed now. A grant that was there before keeps its id.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The next version, or a refusal as from <see cref="Create"/>.</returns>
    public Result<ConsentRecord> Revise(ConsentTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var grants = terms.Grants.Select(grant => grant with { Id = IdBefore(grant) });
        return Build(Id, checked(Version + 1), ConsentStatus.Active, terms with { Grants = grants.ToValueList() }, now);
    }

    /// <summary>Returns the record with another status.</summary>
    /// <param name="status">The new status.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one that is known.</exception>
    public ConsentRecord WithStatus(ConsentStatus status) =>
        Enum.IsDefined(status) && status != ConsentStatus.Unspecified
            ? new ConsentRecord(Id, Version, status, Terms, Grants)
            : throw new ArgumentOutOfRangeException(nameof(status));

    /// <summary>Says whether something may be shared, and by which grant. Default deny.</summary>
    /// <param name="category">What.</param>
    /// <param name="recipient">With whom.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="now">When.</param>
    /// <returns>The grant, or a refusal: <see cref="RefusalCode.ConsentNotActive"/>,
    /// <see cref="RefusalCode.GrantMissing"/>, <see cref="RefusalCode.GrantNotYetValid"/>,
    /// <see cref="RefusalCode.GrantExpired"/>.</returns>
    public Result<Grant> Decide(Category category, RecipientId recipient, Purpose purpose, DateTimeOffset now)
    {
        if (Status is not (ConsentStatus.Active or ConsentStatus.PartlyWithdrawn))
        {
            return new Refusal(RefusalCode.ConsentNotActive, "The consent is not in force any more.");
        }

        var grant = Grants.FirstOrDefault(
            grant => grant.Category == category && grant.Recipient == recipient && grant.Purpose == purpose);
        return grant is null
            ? GrantDecision.Missing
            : GrantDecision.At(now, grant.ValidFrom, grant.ExpiresAt) is { } refusal ? refusal : grant;
    }

    /// <summary>Lists what one recipient may get, at any time.</summary>
    /// <param name="recipient">Who.</param>
    public IEnumerable<Grant> GrantsTo(RecipientId recipient) => Grants.Where(grant => grant.Recipient == recipient);

    /// <summary>Makes what one recipient gets to know of this consent.</summary>
    /// <param name="recipient">Who.</param>
    /// <param name="salt">The salt of this recipient and no other; the same salt gives the same ids again.</param>
    /// <returns>The excerpt, or a refusal with <see cref="RefusalCode.GrantMissing"/> when nothing is granted to this
    /// recipient, or <see cref="RefusalCode.ConsentNotActive"/>.</returns>
    public Result<ConsentExcerpt> ExcerptFor(RecipientId recipient, RecipientSalt salt) =>
        Status is not (ConsentStatus.Active or ConsentStatus.PartlyWithdrawn)
            ? new Refusal(RefusalCode.ConsentNotActive, "The consent is not in force any more.")
            : ConsentExcerpt.From(this, recipient, salt);

    private static Result<ConsentRecord> Build(
        ConsentId id, uint version, ConsentStatus status, ConsentTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (ConsentRules.Validate(terms, now) is { } refusal)
        {
            return refusal;
        }

        var givenAt = Moments.ToSeconds(terms.GivenAt);
        var grants = new List<Grant>(terms.Grants.Count);
        foreach (var written in terms.Grants)
        {
            if (!GrantRules.Validate(written, terms.Permissions, givenAt).TryGet(out var grant, out var no))
            {
                return no.Within(Check.At("grants", grants.Count));
            }

            grants.Add(grant);
        }

        var complete = grants.Select(grant => new GrantTerms
        {
            Id = grant.Id,
            Category = grant.Category,
            Recipient = grant.Recipient,
            Purpose = grant.Purpose,
            ValidFrom = grant.ValidFrom,
            ExpiresAt = grant.ExpiresAt,
            Onward = grant.Onward,
            OnwardTo = grant.OnwardTo,
        });
        return new ConsentRecord(
            id,
            version,
            status,
            terms with { GivenAt = givenAt, Grants = complete.ToValueList() },
            grants.ToValueList());
    }

    private GrantId IdBefore(GrantTerms terms) =>
        Grants.FirstOrDefault(grant =>
            grant.Category == terms.Category && grant.Recipient == terms.Recipient && grant.Purpose == terms.Purpose)
            ?.Id ?? default;
}
