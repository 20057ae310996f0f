using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>What a single grant may say: how long it lasts and which purposes fit which category
/// (docs/spec/casework.md, rules 2.9 to 2.11).</summary>
public static class GrantRules
{
    /// <summary>Longest life of a grant, in days after the consent was given.</summary>
    public const int LifetimeDaysMax = 180;

    /// <summary>Life of a grant that names no end, in days after the consent was given.</summary>
    public const int LifetimeDaysDefault = 90;

    /// <summary>Longest life of a grant for <see cref="Category.Movement"/>, in days. Where and when somebody arrives
    /// is the most dangerous thing there is to know; the section itself ends sooner still.</summary>
    public const int MovementLifetimeDaysMax = 90;

    /// <summary>Life of a grant for <see cref="Category.Movement"/> that names no end, in days.</summary>
    public const int MovementLifetimeDaysDefault = 30;

    /// <summary>Most nodes to which one grant lets its recipient pass things on.</summary>
    public const int OnwardToMax = 8;

    /// <summary>Longest life of a grant for a category.</summary>
    public static TimeSpan LifetimeMax(Category category) =>
        TimeSpan.FromDays(category == Category.Movement ? MovementLifetimeDaysMax : LifetimeDaysMax);

    /// <summary>When a grant ends that names no end: the last UTC midnight of the default life, so that its second does
    /// not tell recipients that they hold grants from the same talk.</summary>
    public static DateTimeOffset DefaultEnd(Category category, DateTimeOffset givenAt)
    {
        var days = category == Category.Movement ? MovementLifetimeDaysDefault : LifetimeDaysDefault;
        return Moments.StartOfDay(givenAt.AddDays(days));
    }

    /// <summary>Says whether a purpose makes sense for a category. What makes none cannot be granted, so that nobody
    /// signs away identity "for capacity checks"; whether a person may be counted is a question of its own.</summary>
    public static bool Fits(Category category, Purpose purpose) =>
        purpose is not (Purpose.Unspecified or Purpose.Statistics)
        && Enum.IsDefined(purpose)
        && Suits(category, purpose);

    /// <summary>Checks one grant and works out its times.</summary>
    internal static Result<Grant> Validate(GrantTerms terms, Permissions permissions, DateTimeOffset givenAt)
    {
        var validFrom = Moments.ToSeconds(terms.ValidFrom ?? givenAt);
        var expiresAt = Moments.ToSeconds(terms.ExpiresAt ?? DefaultEnd(terms.Category, givenAt));
        var refusal = Check.Known(terms.Category, "category")
            ?? Check.OnlyWhen(true, !terms.Recipient.IsDefault, "recipient")
            ?? Check.Known(terms.Purpose, "purpose")
            ?? CheckPurpose(terms, permissions)
            ?? CheckTimes(terms.Category, givenAt, validFrom, expiresAt)
            ?? CheckOnward(terms);
        return refusal is null ? new Grant(terms, validFrom, expiresAt) : refusal;
    }

    private static bool Suits(Category category, Purpose purpose) => category switch
    {
        // The record itself never travels; its recipients get excerpts.
        Category.ConsentRecord or Category.Unspecified => false,
        Category.Identity => purpose != Purpose.CapacityCheck,
        Category.Contact => purpose is Purpose.ReturnPlanning or Purpose.TravelLogistics or Purpose.Reception
            or Purpose.Shelter or Purpose.Reintegration or Purpose.FollowUp or Purpose.ProtectionByPolice,
        Category.Family => purpose is Purpose.RiskAssessment or Purpose.ReturnPlanning or Purpose.Reception
            or Purpose.Shelter or Purpose.Reintegration or Purpose.ProtectionByPolice or Purpose.FollowUp,
        Category.LegalProceedings => purpose is Purpose.LegalProceedings or Purpose.RiskAssessment
            or Purpose.ReturnPlanning or Purpose.ProtectionByPolice or Purpose.Reintegration,
        Category.Risk => purpose is Purpose.RiskAssessment or Purpose.ReturnPlanning or Purpose.TravelLogistics
            or Purpose.Reception or Purpose.Shelter or Purpose.ProtectionByPolice or Purpose.Reintegration,
        Category.TravelDocs => purpose is Purpose.TravelDocument or Purpose.ReturnPlanning or Purpose.TravelLogistics
            or Purpose.LegalProceedings or Purpose.Reintegration,
        Category.Movement => purpose is Purpose.TravelLogistics or Purpose.Reception or Purpose.ProtectionByPolice,
        Category.Health or Category.HealthConfidential => purpose is Purpose.MedicalContinuity or Purpose.Reception
            or Purpose.Shelter or Purpose.TravelLogistics or Purpose.ReturnPlanning or Purpose.Reintegration,
        Category.Services => purpose != Purpose.TravelDocument,
        Category.Funding => purpose is Purpose.FundingDecision or Purpose.ReturnPlanning or Purpose.Reintegration,
        Category.FollowUp => purpose is Purpose.FollowUp or Purpose.Reintegration,
        Category.ReturnDecision or Category.Situation or Category.Residence => true,
        _ => false,
    };

    private static Refusal? CheckPurpose(GrantTerms terms, Permissions permissions)
    {
        if (!Fits(terms.Category, terms.Purpose))
        {
            return OutOfBounds("This purpose does not go with this category.", "purpose");
        }

        var isPolice = terms.Purpose == Purpose.ProtectionByPolice;
        var isAllowed = permissions.PoliceSharing is PermissionAnswer.Yes or PermissionAnswer.Limited;
        return isPolice && !isAllowed
            ? OutOfBounds("The person was not asked, or did not agree, that the police may learn of it.", "purpose")
            : null;
    }

    private static Refusal? CheckTimes(
        Category category, DateTimeOffset givenAt, DateTimeOffset validFrom, DateTimeOffset expiresAt)
    {
        if (validFrom < givenAt)
        {
            return OutOfBounds("A grant cannot begin before the consent was given.", "valid_from");
        }

        if (expiresAt <= validFrom)
        {
            return OutOfBounds("A grant must end after it begins.", "expires_at");
        }

        var longest = LifetimeMax(category);
        return expiresAt - givenAt > longest
            ? OutOfBounds($"Such a grant ends at most {longest.Days} days after the consent.", "expires_at")
            : null;
    }

    private static Refusal? CheckOnward(GrantTerms terms) =>
        Check.KnownOrUnset(terms.Onward, "onward")
        ?? Check.OnlyWhen(terms.Onward == OnwardRule.Named, terms.OnwardTo.Count > 0, "onward_to")
        ?? Check.Count(terms.OnwardTo, 0, OnwardToMax, "onward_to")
        ?? Check.Unique(terms.OnwardTo, "onward_to")
        ?? (terms.OnwardTo.Contains(terms.Recipient)
            ? new Refusal(RefusalCode.RecipientTwice, "A grant cannot name its own recipient.", "onward_to")
            : null);

    private static Refusal OutOfBounds(string message, string field) =>
        new(RefusalCode.ConsentOutOfBounds, message, field);
}
