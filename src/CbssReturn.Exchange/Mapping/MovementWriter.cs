using CbssReturn.Casework.Movement;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Writes the movement section.</summary>
internal static class MovementWriter
{
    public static Wire.MovementSection Write(MovementDetails details) => new()
    {
        Legs = { details.Legs.Select(WriteLeg) },
        ArrivalPlaceKind = (Wire.PlaceKind)details.ArrivalPlaceKind,
        MeetingPoint = details.MeetingPoint is { } point
            ? new Wire.MeetingPoint
            {
                PlaceKind = (Wire.PlaceKind)point.PlaceKind,
                Place = point.Place.Content,
                MapReference = WireValues.Text(point.MapReference),
            }
            : null,
        Window = details.Window is { } window
            ? new Wire.PickupWindow
            {
                Start = WireValues.Local(window.Start),
                End = WireValues.Local(window.End),
                GraceMinutes = window.GraceMinutes,
            }
            : null,
        PickupChoice = (Wire.PickupChoice)details.PickupChoice,
        RefusalReason = (Wire.PickupRefusalReason)details.RefusalReason,
        RefusalEffectsDone = { details.RefusalEffectsDone.Select(effect => (Wire.RefusalEffect)effect) },
        MeetingPersons = { details.MeetingPersons.Select(WritePerson) },
        Recognition = details.Recognition is { } recognition
            ? new Wire.Recognition
            {
                Kind = (Wire.RecognitionKind)recognition.Kind,
                Challenge = WireValues.Text(recognition.Challenge),
                Response = WireValues.Text(recognition.Response),
            }
            : null,
        Escort = (Wire.EscortKind)details.Escort,
        EscortOther = WireValues.Text(details.EscortOther),
        TransitAssistance =
        {
            details.TransitAssistance.Select(assistance => new Wire.TransitAssistance
            {
                Place = assistance.Place.Content,
                Who = assistance.Who.Content,
            }),
        },
        NoShowPlan =
        {
            details.NoShowPlan.Select(step => new Wire.NoShowStep
            {
                AfterMinutes = step.AfterMinutes,
                WhoAlias = step.WhoAlias.ToString(),
                What = step.What.Content,
                MayCallPolice = (Wire.YesNo)step.MayCallPolice,
            }),
        },
        FallbackContacts = { details.FallbackContacts.Select(WriteContact) },
    };

    private static Wire.JourneyLeg WriteLeg(JourneyLeg leg) => new()
    {
        Mode = (Wire.TransportMode)leg.Mode,
        ModeOther = WireValues.Text(leg.ModeOther),
        Carrier = WireValues.Text(leg.Carrier),
        Number = WireValues.Text(leg.Number),
        FromPlace = leg.FromPlace.Content,
        ToPlace = WireValues.Text(leg.ToPlace),
        Departs = WireValues.Local(leg.Departs),
        Arrives = WireValues.Local(leg.Arrives),
    };

    private static Wire.MeetingPerson WritePerson(MeetingPerson person) => new()
    {
        Alias = person.Alias.ToString(),
        Role = (Wire.MeetingRole)person.Role,
        Organisation = WireValues.Text(person.Organisation),
        Gender = (Wire.Gender)person.Gender,
        Languages = { person.Languages.Select(language => language.ToString()) },
        Phone = WireValues.Text(person.Phone),
    };

    private static Wire.FallbackContact WriteContact(FallbackContact contact) => new()
    {
        Alias = contact.Alias.ToString(),
        Phone = contact.Phone.Content,
        AroundTheClock = contact.IsAroundTheClock,
        Hours = WireValues.Text(contact.Hours),
        Zone = contact.Zone?.ToString() ?? "",
        Languages = { contact.Languages.Select(language => language.ToString()) },
    };
}
