using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>What must hold before a journey is told to anybody (docs/spec/casework.md, section 7).</summary>
internal static class MovementRules
{
    public static Refusal? Validate(MovementDetails details) =>
        CheckLegs(details)
        ?? Check.Required(details.PickupChoice, "pickup_choice")
        ?? CheckChoice(details)
        ?? CheckPlace(details)
        ?? CheckWindow(details)
        ?? CheckPersons(details.MeetingPersons, details.PickupChoice)
        ?? Check.Inside(details.Recognition, "recognition", recognition => recognition.Validate())
        ?? Check.OnlyWhen(details.Escort == EscortKind.Other, details.EscortOther is not null, "escort_other")
        ?? Check.Count(details.TransitAssistance, 0, MovementSection.TransitAssistanceMax, "transit_assistance")
        ?? CheckNoShowPlan(details.NoShowPlan)
        ?? CheckFallback(details.FallbackContacts);

    public static Refusal AddressNotAllowed(string field) => new(
        RefusalCode.AddressNotAllowed,
        "A shelter's or private address may not stand here; name a public meeting point.",
        field);

    private static Refusal? CheckLegs(MovementDetails details)
    {
        var legs = details.Legs;
        if ((Check.Count(legs, 1, MovementSection.LegsMax, "legs") ?? Check.Each(legs, "legs", leg => leg.Validate()))
            is { } refusal)
        {
            return refusal;
        }

        for (var i = 1; i < legs.Count; i++)
        {
            if (legs[i].Departs < legs[i - 1].Arrives)
            {
                return new Refusal(
                    RefusalCode.DatesContradict,
                    "A leg departs after the one before it arrives.",
                    Check.At("legs", i) + ".departs");
            }
        }

        return null;
    }

    private static Refusal? CheckChoice(MovementDetails details)
    {
        var isRefused = details.PickupChoice == PickupChoice.Refused;
        var isWanted = details.PickupChoice == PickupChoice.Wanted;
        var nobodyWaits = isRefused || details.PickupChoice == PickupChoice.ContactOnly;

        // A pickup that nobody wants must not be planned at all: what is written down gets done.
        var planned = details switch
        {
            { MeetingPoint: not null } when nobodyWaits => "meeting_point",
            { MeetingPersons.Count: > 0 } when nobodyWaits => "meeting_persons",
            { Recognition: not null } when isRefused => "recognition",
            { Window: not null } when isRefused => "window",
            { NoShowPlan.Count: > 0 } when isRefused => "no_show_plan",
            _ => null,
        };
        if (planned is not null)
        {
            return new Refusal(
                RefusalCode.PickupRefusedByPerson,
                "The person wants nobody to wait, so nothing about a pickup may be planned or sent.",
                planned);
        }

        var effects = details.RefusalEffectsDone;
        return Check.AllowedWhen(
                isRefused, details.RefusalReason != PickupRefusalReason.Unspecified, "refusal_reason")
            ?? Check.AllowedWhen(isRefused, effects.Count > 0, "refusal_effects_done")
            ?? Check.Count(effects, 0, MovementSection.RefusalEffectsMax, "refusal_effects_done")
            ?? Check.AllTold(effects, "refusal_effects_done")
            ?? (isWanted && details.MeetingPoint is null ? Check.Missing("meeting_point") : null)
            ?? (isWanted && details.Window is null ? Check.Missing("window") : null)
            ?? (isWanted && details.Recognition is null ? Check.Missing("recognition") : null)
            ?? (isWanted && details.NoShowPlan.Count == 0 ? Check.Missing("no_show_plan") : null);
    }

    private static Refusal? CheckPlace(MovementDetails details)
    {
        var isHidden = details.ArrivalPlaceKind is PlaceKind.PrivateAddress or PlaceKind.Shelter;
        for (var i = 0; i < details.Legs.Count; i++)
        {
            var field = Check.At("legs", i) + ".to_place";
            var isFilled = details.Legs[i].ToPlace is not null;
            if (i == details.Legs.Count - 1 && isHidden && isFilled)
            {
                return AddressNotAllowed(field);
            }

            if (!isFilled && (i < details.Legs.Count - 1 || !isHidden))
            {
                return Check.Missing(field);
            }
        }

        return Check.Required(details.ArrivalPlaceKind, "arrival_place_kind")
            ?? Check.Inside(details.MeetingPoint, "meeting_point", point => point.Validate());
    }

    private static Refusal? CheckWindow(MovementDetails details)
    {
        if (details.Window is not { } window)
        {
            return null;
        }

        if (window.End < window.Start)
        {
            return new Refusal(RefusalCode.DatesContradict, "The window ends before it starts.", "window.end");
        }

        // In another zone than the arrival's, somebody will sooner or later read the wrong hour.
        var arrival = details.Legs[^1].Arrives;
        if (window.Start.Zone != arrival.Zone || window.End.Zone != arrival.Zone)
        {
            var field = window.Start.Zone != arrival.Zone ? "window.start.zone" : "window.end.zone";
            return new Refusal(
                RefusalCode.WindowMissesArrival, "The window is given in the zone of the arrival.", field);
        }

        return window.Start > arrival || window.End < arrival
            ? new Refusal(RefusalCode.WindowMissesArrival, "The window does not cover the arrival.", "window")
            : Check.Range(window.GraceMinutes, 0, PickupWindow.GraceMinutesMax, "window.grace_minutes");
    }

    private static Refusal? CheckPersons(ValueList<MeetingPerson> persons, PickupChoice choice)
    {
        if ((Check.Count(persons, 0, MovementSection.MeetingPersonsMax, "meeting_persons")
            ?? Check.Each(persons, "meeting_persons", person => person.Validate())) is { } refusal)
        {
            return refusal;
        }

        var leads = persons.Count(person => person.Role == MeetingRole.Lead);
        var deputies = persons.Count(person => person.Role == MeetingRole.Deputy);
        var areNeeded = persons.Count > 0 || choice == PickupChoice.Wanted;
        var areTwo = persons.Select(person => person.Alias).Distinct().Count() == persons.Count;
        return areNeeded && !(leads == 1 && deputies >= 1 && areTwo)
            ? new Refusal(
                RefusalCode.LeadWithoutDeputy,
                "One leads, at least one other is the deputy, and nobody stands twice.",
                "meeting_persons")
            : null;
    }

    private static Refusal? CheckNoShowPlan(ValueList<NoShowStep> steps)
    {
        if (Check.Count(steps, 0, MovementSection.NoShowStepsMax, "no_show_plan") is { } refusal)
        {
            return refusal;
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var earliest = i == 0 ? 0 : steps[i - 1].AfterMinutes;
            var field = Check.At("no_show_plan", i) + ".after_minutes";
            if (Check.Range(steps[i].AfterMinutes, earliest, NoShowStep.AfterMinutesMax, field) is { } outside)
            {
                return outside;
            }
        }

        return null;
    }

    private static Refusal? CheckFallback(ValueList<FallbackContact> contacts) =>
        Check.Count(contacts, 0, MovementSection.FallbackContactsMax, "fallback_contacts")
        ?? Check.Each(contacts, "fallback_contacts", contact => contact.Validate())
        ?? (contacts.Any(contact => contact.IsAroundTheClock)
            ? null
            : new Refusal(
                RefusalCode.FallbackContactMissing,
                "Name somebody who can be reached around the clock.",
                "fallback_contacts"));
}
