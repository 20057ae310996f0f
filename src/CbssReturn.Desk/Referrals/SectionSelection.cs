using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Desk.Cases;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Referrals;

/// <summary>Selects by grant what one recipient gets: default deny, category by category.</summary>
internal static class SectionSelection
{
    /// <summary>Everything in the case that the person granted to the recipient, each category once, for the purpose of
    /// its first grant.</summary>
    public static IReadOnlyList<SectionChoice> AllGranted(OpenCase person, RecipientId recipient, DateTimeOffset now) =>
    [
        .. (person.Consent?.GrantsTo(recipient) ?? [])
            .Where(grant => grant.Category is not Category.Movement  // goes alone, after acceptance
                && person.File.Find(grant.Category) is not null
                && person.Consent!.Decide(grant.Category, recipient, grant.Purpose, now).IsOk)
            .DistinctBy(grant => grant.Category)
            .Select(grant => new SectionChoice(grant.Category, grant.Purpose)),
    ];

    /// <summary>Checks what a caseworker chose.</summary>
    /// <returns>The choices, or the refusal of the first that is not granted or not there.</returns>
    public static Result<Done> Check(
        OpenCase person, IReadOnlyList<SectionChoice> choices, RecipientId recipient, DateTimeOffset now)
    {
        for (var index = 0; index < choices.Count; index++)
        {
            var choice = choices[index];
            var field = $"choices[{index}]";
            if (person.Consent is null)
            {
                return new Refusal(RefusalCode.ConsentMissing, "The case has no consent to rely on.", "case_id");
            }

            if (!person.Consent.Decide(choice.Category, recipient, choice.Purpose, now).TryGet(out _, out var refusal))
            {
                return refusal.Within(field);
            }

            if (person.File.Find(choice.Category) is null)
            {
                return new Refusal(RefusalCode.NotFound, "The case has no such section.", field);
            }

            if (choice.Category is Category.Movement)
            {
                return new Refusal(
                    RefusalCode.MovementBeforeAcceptance,
                    "Place and time of travel go alone, and only to a recipient that has accepted.", field);
            }
        }

        return choices.DistinctBy(choice => choice.Category).Count() == choices.Count
            ? Done.Instance
            : new Refusal(RefusalCode.ValueTwice, "A category is chosen twice.", "choices");
    }

    /// <summary>Categories that stay here, with the rule that keeps each.</summary>
    public static IReadOnlyList<(Category Category, RefusalCode Code)> Withheld(
        OpenCase person, IReadOnlyList<SectionChoice> included, RecipientId recipient, DateTimeOffset now) =>
    [
        .. person.File.Sections
            .Select(section => section.Category)
            .Except(included.Select(choice => choice.Category))
            .Select(category => (category, CodeFor(person.Consent, category, recipient, now))),
    ];

    private static RefusalCode CodeFor(
        ConsentRecord? consent, Category category, RecipientId recipient, DateTimeOffset now)
    {
        if (category is Category.Movement)
        {
            return RefusalCode.MovementBeforeAcceptance;
        }

        var grants = consent?.GrantsTo(recipient).Where(grant => grant.Category == category) ?? [];
        return grants.Select(grant => consent!.Decide(category, recipient, grant.Purpose, now))
            .Where(decision => !decision.IsOk)
            .Select(decision => decision.Refusal.Code)
            .FirstOrDefault(RefusalCode.GrantMissing);
    }
}
