using CbssReturn.Casework.Common;
using CbssReturn.Casework.Movement;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>Generators of the parts of a journey.</summary>
internal static class MovementGens
{
    private static readonly LocalMoment Arrival = Gens.Time("2026-10-25T03:30", "Europe/Riga", 120);

    public static readonly Gen<MeetingPoint> Point =
        from kind in Gens.Code<PlaceKind>().Where(kind => kind is not (PlaceKind.Shelter or PlaceKind.PrivateAddress))
        from place in Gens.Text(Casework.Movement.MeetingPoint.Text)
        from map in Gens.Optional(Casework.Movement.MeetingPoint.Text)
        select new MeetingPoint { PlaceKind = kind, Place = place, MapReference = map };

    public static readonly Gen<PickupWindow> Window =
        from grace in Gen.UInt[0, PickupWindow.GraceMinutesMax]
        select new PickupWindow(
            Gens.Time("2026-10-25T03:30", "Europe/Riga", 180),
            Gens.Time("2026-10-25T04:00", "Europe/Riga", 120),
            grace);

    public static readonly Gen<ValueList<MeetingPerson>> Persons =
        from lead in Person("Lead", MeetingRole.Lead)
        from deputy in Person("Deputy", MeetingRole.Deputy)
        from third in Person("Third", (MeetingRole)99)
        from isThree in Gen.Bool
        select isThree ? (ValueList<MeetingPerson>)[lead, third, deputy] : [deputy, lead];

    public static readonly Gen<Recognition> Recognition =
        from kind in Gens.Code<RecognitionKind>()
        from challenge in Gens.Text(Casework.Movement.Recognition.Text)
        from response in Gens.Text(Casework.Movement.Recognition.Text)
        where response != challenge
        select new Recognition { Kind = kind, Challenge = challenge, Response = response };

    public static readonly Gen<MovementDetails> Common =
        from legs in Legs()
        from kind in Gens.Code<PlaceKind>()
        from escort in Gens.AnyCode<EscortKind>()
        from escortOther in Gens.Text(MovementDetails.EscortOtherText)
        from assistance in Gens.List(Assistance(), 0, 2)
        from contacts in Contacts()
        let isHidden = kind is PlaceKind.Shelter or PlaceKind.PrivateAddress
        select new MovementDetails
        {
            Legs = isHidden ? [.. legs.SkipLast(1), legs[^1] with { ToPlace = null }] : legs,
            ArrivalPlaceKind = kind,
            Escort = escort,
            EscortOther = Gens.When(escort == EscortKind.Other, escortOther),
            TransitAssistance = assistance,
            FallbackContacts = contacts,
        };

    public static Gen<ValueList<NoShowStep>> Steps(int min) =>
        from steps in Step().List[min, 4]
        select steps.OrderBy(step => step.AfterMinutes).ToValueList();

    private static Gen<MeetingPerson> Person(string alias, MeetingRole role) =>
        from organisation in Gens.Optional(MeetingPerson.OrganisationText)
        from gender in Gens.AnyCode<Gender>()
        from languages in Languages()
        from phone in Gens.Optional(MeetingPerson.PhoneText)
        select new MeetingPerson
        {
            Alias = StaffAlias.Parse(alias).Value,
            Role = role,
            Organisation = organisation,
            Gender = gender,
            Languages = languages,
            Phone = phone,
        };

    private static Gen<ValueList<LanguageTag>> Languages() =>
        Gens.Language.List[0, 3].Select(languages => languages.Distinct().ToValueList());

    private static Gen<ValueList<JourneyLeg>> Legs() =>
        from first in Leg(
            Gens.Time("2026-10-24T08:00", "Europe/Oslo", 120), Gens.Time("2026-10-24T12:00", "Europe/Riga", 180))
        from last in Leg(Gens.Time("2026-10-24T22:00", "Europe/Riga", 180), Arrival)
        from isOne in Gen.Bool
        select isOne ? (ValueList<JourneyLeg>)[last] : [first, last];

    private static Gen<JourneyLeg> Leg(LocalMoment departs, LocalMoment arrives) =>
        from mode in Gens.Code<TransportMode>()
        from modeOther in Gens.Text(JourneyLeg.CarrierText)
        from carrier in Gens.Optional(JourneyLeg.CarrierText)
        from number in Gens.Optional(JourneyLeg.NumberText)
        from fromPlace in Gens.Text(JourneyLeg.PlaceText)
        from toPlace in Gens.Text(JourneyLeg.PlaceText)
        select new JourneyLeg
        {
            Mode = mode,
            ModeOther = Gens.When(mode == TransportMode.Other, modeOther),
            Carrier = carrier,
            Number = number,
            FromPlace = fromPlace,
            ToPlace = toPlace,
            Departs = departs,
            Arrives = arrives,
        };

    private static Gen<TransitAssistance> Assistance() =>
        from place in Gens.Text(TransitAssistance.Text)
        from who in Gens.Text(TransitAssistance.Text)
        select new TransitAssistance { Place = place, Who = who };

    private static Gen<NoShowStep> Step() =>
        from minutes in Gen.UInt[0, NoShowStep.AfterMinutesMax]
        from alias in Gens.Alias
        from what in Gens.Text(NoShowStep.WhatText)
        from police in Gens.AnyCode<YesNo>()
        select new NoShowStep { AfterMinutes = minutes, WhoAlias = alias, What = what, MayCallPolice = police };

    private static Gen<ValueList<FallbackContact>> Contacts() =>
        from always in Contact(true)
        from sometimes in Contact(false)
        from areTwo in Gen.Bool
        select areTwo ? (ValueList<FallbackContact>)[sometimes, always] : [always];

    private static Gen<FallbackContact> Contact(bool isAroundTheClock) =>
        from alias in Gens.Alias
        from phone in Gens.Text(FallbackContact.PhoneText)
        from hours in Gens.Text(FallbackContact.HoursText)
        from languages in Languages()
        select new FallbackContact
        {
            Alias = alias,
            Phone = phone,
            IsAroundTheClock = isAroundTheClock,
            Hours = isAroundTheClock ? null : hours,
            Zone = isAroundTheClock ? null : ZoneId.Parse("Europe/Riga").Value,
            Languages = languages,
        };
}
