using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Movement;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Three stages of telling: circumstances without identity, then what the person agreed to share, then, only
/// after acceptance, place and time (docs/spec/casework.md, rules 3.1 and 3.2).</summary>
public static class DisclosureRules
{
    /// <summary>Checks that stage, kind and sections of a packet go together.</summary>
    /// <param name="stage">How much may be told.</param>
    /// <param name="kind">What the packet says.</param>
    /// <param name="categories">The categories of its sections, in any order.</param>
    /// <returns>Done, or a refusal: <see cref="RefusalCode.IdentityInEnquiry"/> for any section in an enquiry,
    /// <see cref="RefusalCode.StageDoesNotFit"/>, <see cref="RefusalCode.FieldMissing"/> when sections are missing,
    /// <see cref="RefusalCode.ValueTwice"/>.</returns>
    public static Result<Done> Check(DisclosureStage stage, MessageKind kind, IReadOnlyCollection<Category> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (!StageFits(stage, kind))
        {
            return StageDoesNotFit();
        }

        if (stage == DisclosureStage.Enquiry && categories.Count > 0)
        {
            return new Refusal(
                RefusalCode.IdentityInEnquiry, "An enquiry may hold nothing that identifies the person.", "sections");
        }

        if (!CarriesSections(kind))
        {
            return categories.Count == 0 ? Done.Instance : StageDoesNotFit();
        }

        if (categories.Count == 0)
        {
            return Common.Check.Missing("sections");
        }

        if (categories.Distinct().Count() != categories.Count)
        {
            return Common.Check.Twice("sections");
        }

        // MOVEMENT never travels with a referral; movement details never travel without it.
        return categories.Contains(Category.Movement) == (stage == DisclosureStage.Movement)
            ? Done.Instance
            : StageDoesNotFit();
    }

    /// <summary>Checks what the sections of a packet say against its stage, the person's answers and the
    /// alias.</summary>
    /// <param name="stage">How much may be told.</param>
    /// <param name="sections">The sections.</param>
    /// <param name="permissions">The person's answers, from the consent or its excerpt.</param>
    /// <param name="alias">What the two organisations call the person.</param>
    /// <returns>Done, or a refusal: <see cref="RefusalCode.StageDoesNotFit"/> for a document number outside of movement
    /// details, <see cref="RefusalCode.EmbassyForbidden"/> when a section allows contact with the embassy that the
    /// person did not allow, <see cref="RefusalCode.ValueTwice"/> when the alias serves for recognition.</returns>
    public static Result<Done> CheckContent(
        DisclosureStage stage, IEnumerable<Section> sections, Permissions permissions, CaseAlias alias)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(permissions);
        foreach (var section in sections)
        {
            var result = section switch
            {
                TravelDocumentsSection documents => CheckDocuments(stage, documents.Details, permissions),
                MovementSection { Details.Recognition: { } recognition } => recognition.CheckAgainst(alias),
                _ => Done.Instance,
            };
            if (!result.TryGet(out _, out var refusal))
            {
                return refusal.Within(section.Category == Category.TravelDocs ? "travel_docs" : "movement.recognition");
            }
        }

        return Done.Instance;
    }

    /// <summary>The stage that a kind of packet belongs to; a cancellation belongs to any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is a cancellation, or no kind that is known.</exception>
    public static DisclosureStage StageOf(MessageKind kind) => kind switch
    {
        MessageKind.Enquiry or MessageKind.EnquiryAnswer => DisclosureStage.Enquiry,
        MessageKind.ReferralSubmit or MessageKind.Acknowledge or MessageKind.Decision
            or MessageKind.DocumentReport => DisclosureStage.Referral,
        MessageKind.MovementDetails or MessageKind.MovementChange or MessageKind.PickupAnswer
            or MessageKind.ArrivalOutcome => DisclosureStage.Movement,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Says whether packets of a kind carry sections.</summary>
    public static bool CarriesSections(MessageKind kind) =>
        kind is MessageKind.ReferralSubmit or MessageKind.MovementDetails or MessageKind.MovementChange;

    /// <summary>Says whether a packet of a kind may still leave a case that was stopped because the person may be under
    /// 18: that it is over, and how somebody arrived who was on the way.</summary>
    public static bool MayLeaveStoppedCase(MessageKind kind) =>
        kind is MessageKind.Cancel or MessageKind.ArrivalOutcome;

    private static bool StageFits(DisclosureStage stage, MessageKind kind) => kind == MessageKind.Cancel
        ? stage is DisclosureStage.Enquiry or DisclosureStage.Referral or DisclosureStage.Movement
        : kind != MessageKind.Unspecified && Enum.IsDefined(kind) && stage == StageOf(kind);

    private static Result<Done> CheckDocuments(
        DisclosureStage stage, TravelDocumentsDetails details, Permissions permissions)
    {
        for (var i = 0; i < details.Documents.Count; i++)
        {
            if (details.Documents[i].Number is not null && stage != DisclosureStage.Movement)
            {
                return new Refusal(
                    RefusalCode.StageDoesNotFit,
                    "The number of a document travels only with movement details.",
                    Common.Check.At("documents", i) + ".number");
            }
        }

        return details.Embassy.CheckAgainst(permissions.EmbassyContact).TryGet(out var done, out var refusal)
            ? done
            : refusal.Within("embassy");
    }

    private static Refusal StageDoesNotFit() =>
        new(RefusalCode.StageDoesNotFit, "The disclosure stage does not allow this.", "stage");
}
