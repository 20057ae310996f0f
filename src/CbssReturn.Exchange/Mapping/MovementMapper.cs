using CbssReturn.Casework.Common;
using CbssReturn.Casework.Movement;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Reads the movement section; <see cref="MovementWriter"/> writes it.</summary>
internal static class MovementMapper
{
    public static Result<MovementSection> FromWire(Wire.MovementSection wire, SectionSource source)
    {
        var reader = new FieldReader();
        var details = new MovementDetails
        {
            Legs = reader.List(wire.Legs, "legs", leg => ReadLeg(leg, source)),
            ArrivalPlaceKind = (PlaceKind)wire.ArrivalPlaceKind,
            MeetingPoint = reader.Inside(wire.MeetingPoint, "meeting_point", ReadPoint),
            Window = reader.Inside(wire.Window, "window", window => ReadWindow(window, source)),
            PickupChoice = (PickupChoice)wire.PickupChoice,
            RefusalReason = (PickupRefusalReason)wire.RefusalReason,
            RefusalEffectsDone = reader.List<Wire.RefusalEffect, RefusalEffect>(
                wire.RefusalEffectsDone, "refusal_effects_done", effect => (RefusalEffect)effect),
            MeetingPersons = reader.List(wire.MeetingPersons, "meeting_persons", ReadPerson),
            Recognition = reader.Inside(wire.Recognition, "recognition", ReadRecognition),
            Escort = (EscortKind)wire.Escort,
            EscortOther = reader.Text(wire.EscortOther, MovementDetails.EscortOtherText, "escort_other"),
            TransitAssistance = reader.List(wire.TransitAssistance, "transit_assistance", ReadAssistance),
            NoShowPlan = reader.List(wire.NoShowPlan, "no_show_plan", ReadStep),
            FallbackContacts = reader.List(wire.FallbackContacts, "fallback_contacts", ReadContact),
        };
        return reader.Finish(() => MovementSection.Create(details));
    }

    public static Wire.MovementSection ToWire(MovementDetails details) => MovementWriter.Write(details);

    private static Result<JourneyLeg> ReadLeg(Wire.JourneyLeg wire, SectionSource source)
    {
        var reader = new FieldReader();
        var leg = new JourneyLeg
        {
            Mode = (TransportMode)wire.Mode,
            ModeOther = reader.Text(wire.ModeOther, JourneyLeg.CarrierText, "mode_other"),
            Carrier = reader.Text(wire.Carrier, JourneyLeg.CarrierText, "carrier"),
            Number = reader.Text(wire.Number, JourneyLeg.NumberText, "number"),
            FromPlace = reader.RequiredText(wire.FromPlace, JourneyLeg.PlaceText, "from_place"),
            ToPlace = reader.Text(wire.ToPlace, JourneyLeg.PlaceText, "to_place"),
            Departs = reader.Local(wire.Departs, source, "departs"),
            Arrives = reader.Local(wire.Arrives, source, "arrives"),
        };
        return reader.Finish<JourneyLeg>(() => leg);
    }

    private static Result<MeetingPoint> ReadPoint(Wire.MeetingPoint wire)
    {
        var reader = new FieldReader();
        var point = new MeetingPoint
        {
            PlaceKind = (PlaceKind)wire.PlaceKind,
            Place = reader.RequiredText(wire.Place, MeetingPoint.Text, "place"),
            MapReference = reader.Text(wire.MapReference, MeetingPoint.Text, "map_reference"),
        };
        return reader.Finish<MeetingPoint>(() => point);
    }

    private static Result<PickupWindow> ReadWindow(Wire.PickupWindow wire, SectionSource source)
    {
        var reader = new FieldReader();
        var window = new PickupWindow(
            reader.Local(wire.Start, source, "start"), reader.Local(wire.End, source, "end"), wire.GraceMinutes);
        return reader.Finish<PickupWindow>(() => window);
    }

    private static Result<MeetingPerson> ReadPerson(Wire.MeetingPerson wire)
    {
        var reader = new FieldReader();
        var person = new MeetingPerson
        {
            Alias = reader.Take(StaffAlias.Parse(wire.Alias), "alias"),
            Role = (MeetingRole)wire.Role,
            Organisation = reader.Text(wire.Organisation, MeetingPerson.OrganisationText, "organisation"),
            Gender = (Gender)wire.Gender,
            Languages = reader.Languages(wire.Languages, "languages"),
            Phone = reader.Text(wire.Phone, MeetingPerson.PhoneText, "phone"),
        };
        return reader.Finish<MeetingPerson>(() => person);
    }

    private static Result<Recognition> ReadRecognition(Wire.Recognition wire)
    {
        var reader = new FieldReader();
        var recognition = new Recognition
        {
            Kind = (RecognitionKind)wire.Kind,
            Challenge = reader.Text(wire.Challenge, Recognition.Text, "challenge"),
            Response = reader.Text(wire.Response, Recognition.Text, "response"),
        };
        return reader.Finish<Recognition>(() => recognition);
    }

    private static Result<TransitAssistance> ReadAssistance(Wire.TransitAssistance wire)
    {
        var reader = new FieldReader();
        var assistance = new TransitAssistance
        {
            Place = reader.RequiredText(wire.Place, TransitAssistance.Text, "place"),
            Who = reader.RequiredText(wire.Who, TransitAssistance.Text, "who"),
        };
        return reader.Finish<TransitAssistance>(() => assistance);
    }

    private static Result<NoShowStep> ReadStep(Wire.NoShowStep wire)
    {
        var reader = new FieldReader();
        var step = new NoShowStep
        {
            AfterMinutes = wire.AfterMinutes,
            WhoAlias = reader.Take(StaffAlias.Parse(wire.WhoAlias), "who_alias"),
            What = reader.RequiredText(wire.What, NoShowStep.WhatText, "what"),
            MayCallPolice = (YesNo)wire.MayCallPolice,
        };
        return reader.Finish<NoShowStep>(() => step);
    }

    private static Result<FallbackContact> ReadContact(Wire.FallbackContact wire)
    {
        var reader = new FieldReader();
        var contact = new FallbackContact
        {
            Alias = reader.Take(StaffAlias.Parse(wire.Alias), "alias"),
            Phone = reader.RequiredText(wire.Phone, FallbackContact.PhoneText, "phone"),
            IsAroundTheClock = wire.AroundTheClock,
            Hours = reader.Text(wire.Hours, FallbackContact.HoursText, "hours"),
            Zone = wire.Zone.Length == 0 ? null : reader.Take(ZoneId.Parse(wire.Zone), "zone"),
            Languages = reader.Languages(wire.Languages, "languages"),
        };
        return reader.Finish<FallbackContact>(() => contact);
    }
}
