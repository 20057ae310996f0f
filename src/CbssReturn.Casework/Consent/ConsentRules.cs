using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>What must hold before a consent counts (docs/spec/casework.md, section 2).</summary>
public static class ConsentRules
{
    /// <summary>Most grants in one consent.</summary>
    public const int GrantsMax = 64;

    /// <summary>Most things kept from somebody in one consent.</summary>
    public const int WithheldMax = 32;

    /// <summary>What the person must have been told. Told on top where they apply: the risks of not sharing, and what a
    /// recipient outside the EU and EEA means (docs/spec/casework.md, rule 3.5).</summary>
    public static ValueList<InformationItem> InformationRequired { get; } =
    [
        InformationItem.Purpose,
        InformationItem.Recipients,
        InformationItem.DataList,
        InformationItem.RisksOfSharing,
        InformationItem.RightToRefuse,
        InformationItem.NoLossOfService,
        InformationItem.WithdrawalHow,
        InformationItem.LimitsOfConfidentiality,
        InformationItem.Retention,
    ];

    internal static Refusal? Validate(ConsentTerms terms, DateTimeOffset now) =>
        CheckGiver(terms)
        ?? CheckForm(terms)
        ?? CheckInterpreter(terms)
        ?? CheckInformation(terms)
        ?? terms.Permissions.Validate()?.Within("permissions")
        ?? Check.Count(terms.Grants, 1, GrantsMax, "grants")
        ?? Check.Count(terms.Withheld, 0, WithheldMax, "withheld")
        ?? Check.Each(terms.Withheld, "withheld", withheld => withheld.Validate())
        ?? CheckTwice(terms.Grants)
        ?? CheckWithheld(terms)
        ?? (terms.GivenAt > now + Moments.SkewMax
            ? new Refusal(RefusalCode.DatesContradict, "A consent cannot be given in the future.", "given_at")
            : null);

    private static Refusal? CheckGiver(ConsentTerms terms)
    {
        if ((Check.Known(terms.GivenBy, "given_by") ?? Check.Known(terms.Capacity, "capacity")) is { } refusal)
        {
            return refusal;
        }

        var isGuardian = terms.GivenBy is ConsentGiver.Guardian or ConsentGiver.LegalRepresentative;
        var fits = terms.Capacity switch
        {
            Capacity.Capable => !isGuardian,
            Capacity.CapableWithSupport => terms.GivenBy == ConsentGiver.PersonWithSupport,
            Capacity.LacksCapacity => isGuardian,
            // TEMPORARILY_IMPAIRED: wait. NOT_ASSESSED: ask first. Nobody decides in the person's place.
            _ => false,
        };
        if (!fits)
        {
            return new Refusal(
                RefusalCode.CapacityNotGiven,
                "Who can decide decides in person; a guardian decides only for who lacks capacity; otherwise wait.",
                "capacity");
        }

        return Check.OnlyWhen(isGuardian, terms.Guardian is not null, "guardian")
            ?? (terms.Guardian is { ConflictOfInterest: not YesNo.No }
                ? new Refusal(
                    RefusalCode.ConsentOutOfBounds,
                    "It must be asked, and denied, that the guardian is a suspect or family involved.",
                    "guardian.conflict_of_interest")
                : null);
    }

    private static Refusal? CheckForm(ConsentTerms terms) =>
        Check.Known(terms.Form, "form")
        ?? (terms.Form == ConsentForm.OralWitnessed && terms.WitnessAlias is null
            ? Check.Missing("witness_alias")
            : null);

    private static Refusal? CheckInterpreter(ConsentTerms terms)
    {
        var refusal = Check.OnlyWhen(terms.InterpreterUsed, terms.InterpreterAlias is not null, "interpreter_alias")
            ?? Check.AllowedWhen(terms.InterpreterUsed, terms.InterpreterIndependent, "interpreter_independent");
        return refusal ?? (terms.InterpreterUsed && !terms.InterpreterIndependent
            ? new Refusal(
                RefusalCode.InterpreterNotIndependent,
                "The interpreter must come from outside the person's circle.",
                "interpreter_independent")
            : null);
    }

    private static Refusal? CheckInformation(ConsentTerms terms)
    {
        if ((Check.AllKnown(terms.InformationGiven, "information_given")
            ?? Check.Known(terms.UnderstandingCheck, "understanding_check")) is { } refusal)
        {
            return refusal;
        }

        if (terms.UnderstandingCheck == UnderstandingCheck.NotDone)
        {
            return new Refusal(
                RefusalCode.UnderstandingNotChecked,
                "First check that the person understood; until then nothing can be sent.",
                "understanding_check");
        }

        return InformationRequired.All(terms.InformationGiven.Contains)
            ? null
            : new Refusal(
                RefusalCode.ConsentOutOfBounds,
                "The person was not told all that a consent rests on.",
                "information_given");
    }

    private static Refusal? CheckTwice(ValueList<GrantTerms> grants) =>
        Check.Unique([.. grants.Select(grant => (grant.Category, grant.Recipient, grant.Purpose))], "grants")
        ?? Check.Unique([.. grants.Where(grant => !grant.Id.IsDefault).Select(grant => grant.Id)], "grants");

    private static Refusal? CheckWithheld(ConsentTerms terms)
    {
        for (var i = 0; i < terms.Grants.Count; i++)
        {
            var grant = terms.Grants[i];
            if (terms.Withheld.Any(withheld => withheld.Forbids(grant.Category, grant.Recipient)))
            {
                return new Refusal(
                    RefusalCode.ConsentOutOfBounds,
                    "The consent grants what it also keeps back.",
                    Check.At("grants", i));
            }
        }

        return null;
    }
}
