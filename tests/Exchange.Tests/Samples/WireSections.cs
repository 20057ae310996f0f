using CbssReturn.Contracts.Packet.V1;
using Google.Protobuf;

namespace CbssReturn.Exchange.Tests.Samples;

/// <summary>Good sections in their wire form. All free text holds <see cref="Marker"/>, which must never be found
/// outside of sealed bytes.</summary>
internal static class WireSections
{
    public const string Marker = "qzvxdesktests";

    public static Section Services(string notes = "Note: " + Marker, ServiceKind kind = ServiceKind.Employment) => new()
    {
        Services = new ServicesSection
        {
            Services =
            {
                new RequestedService
                {
                    Service = kind,
                    Urgency = ServiceUrgency.WithinAMonth,
                    Notes = notes,
                    Status = ServiceStatus.Requested,
                },
            },
        },
    };

    public static Section Identity() => new()
    {
        Identity = new IdentitySection
        {
            LegalNames = { new LegalName { Latin = "Example Person " + Marker } },
            AgeBand = AgeBand.From25To34,
            Gender = Gender.Female,
            IdentificationStatus = IdentificationStatus.NotSought,
        },
    };

    public static Section TravelDocs(
        EmbassyContact contact = EmbassyContact.Forbidden, string? number = null, bool hasEtdGround = false) => new()
        {
            TravelDocs = new TravelDocumentsSection
            {
                Documents =
                {
                    new TravelDocument
                    {
                        Kind = TravelDocumentKind.Passport,
                        Status = TravelDocumentStatus.Lost,
                        Number = number ?? string.Empty,
                    },
                },
                Embassy = new EmbassyPolicy { Contact = contact },
                EtdGround = hasEtdGround
                    ? new EtdGround { Citizenship = "LV", LocatedIn = "UA", RepresentedThere = YesNo.No }
                    : null,
            },
        };

    /// <summary>A journey that ends on 10 March 2026, 20:45 in Riga.</summary>
    public static Section Movement(
        PickupChoice choice = PickupChoice.Wanted, string challenge = "Blue umbrella " + Marker)
    {
        var section = new MovementSection
        {
            Legs =
            {
                new JourneyLeg
                {
                    Mode = TransportMode.Bus,
                    FromPlace = "Coach station " + Marker,
                    ToPlace = "Coach station " + Marker,
                    Departs = Local("2026-03-10T07:15", "Europe/Berlin", 60),
                    Arrives = Local("2026-03-10T20:45", "Europe/Riga", 120),
                },
            },
            ArrivalPlaceKind = PlaceKind.BusStation,
            PickupChoice = choice,
            Escort = EscortKind.None,
            FallbackContacts =
            {
                new FallbackContact { Alias = "duty.1", Phone = "000 " + Marker, AroundTheClock = true },
            },
        };
        if (choice is PickupChoice.Wanted)
        {
            AddPickup(section, challenge);
        }

        return new Section { Movement = section };
    }

    /// <summary>A section with a field that only a newer program knows.</summary>
    public static byte[] WithNewerField(Section section) => [.. section.ToByteArray(), 0xFA, 0x3F, 0x01, 0x78];

    private static void AddPickup(MovementSection section, string challenge)
    {
        section.MeetingPoint = new MeetingPoint
        {
            PlaceKind = PlaceKind.BusStation,
            Place = "Under the clock " + Marker,
        };
        section.Window = new PickupWindow
        {
            Start = Local("2026-03-10T20:30", "Europe/Riga", 120),
            End = Local("2026-03-10T21:30", "Europe/Riga", 120),
            GraceMinutes = 30,
        };
        section.MeetingPersons.Add(new MeetingPerson { Alias = "meet.1", Role = MeetingRole.Lead });
        section.MeetingPersons.Add(new MeetingPerson { Alias = "meet.2", Role = MeetingRole.Deputy });
        section.Recognition = new Recognition
        {
            Kind = RecognitionKind.MutualPhrase,
            Challenge = challenge,
            Response = "Green bag " + Marker,
        };
        section.NoShowPlan.Add(new NoShowStep { AfterMinutes = 30, WhoAlias = "meet.1", What = "Call " + Marker });
    }

    private static LocalTime Local(string local, string zone, int offsetMinutes) =>
        new() { Local = local, Zone = zone, UtcOffsetMinutes = offsetMinutes };
}
