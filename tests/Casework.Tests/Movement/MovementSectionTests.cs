using CbssReturn.Casework.Common;
using CbssReturn.Casework.Movement;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Movement;

/// <summary>Journey and pickup (docs/spec/casework.md, section 7).</summary>
public sealed class MovementSectionTests
{
    [Fact]
    public void Create_PickupWanted_Taken()
    {
        var section = Expect.Value(MovementSection.Create(Samples.Movement()));

        Assert.Equal(new DateTimeOffset(2026, 3, 24, 8, 30, 0, TimeSpan.Zero), section.EndsAt);
        Assert.False(section.HasDoubtfulTimes);
    }

    [Fact]
    public void Create_PickupRefused_IsAsGoodAsAnyOtherAndNeedsNoReason() =>
        Expect.Value(MovementSection.Create(Samples.RefusedPickup()));

    [Fact]
    public void Create_PickupRefusedWithReasonAndEffects_Taken() => Expect.Value(MovementSection.Create(
        Samples.RefusedPickup() with
        {
            RefusalReason = PickupRefusalReason.Stigma,
            RefusalEffectsDone = [RefusalEffect.ContactListGiven, RefusalEffect.NoOneWaitsSecretly],
        }));

    public static TheoryData<string> PlansOfAPickup =>
        ["meeting_point", "meeting_persons", "recognition", "window", "no_show_plan"];

    [Theory]
    [MemberData(nameof(PlansOfAPickup))]
    public void Create_PickupRefusedAndPlannedAllTheSame_Refused(string field)
    {
        var wanted = Samples.Movement();
        var refused = Samples.RefusedPickup();
        var planned = field switch
        {
            "meeting_point" => refused with { MeetingPoint = wanted.MeetingPoint },
            "meeting_persons" => refused with { MeetingPersons = wanted.MeetingPersons },
            "recognition" => refused with { Recognition = wanted.Recognition },
            "window" => refused with { Window = wanted.Window },
            _ => refused with { NoShowPlan = wanted.NoShowPlan },
        };

        Refused(RefusalCode.PickupRefusedByPerson, field, planned);
    }

    [Fact]
    public void Create_CallOnlyAndSomebodyWaits_Refused()
    {
        var call = Samples.RefusedPickup() with { PickupChoice = PickupChoice.ContactOnly };

        Expect.Value(MovementSection.Create(call));
        Refused(RefusalCode.PickupRefusedByPerson, "meeting_point", call with
        {
            MeetingPoint = Samples.Movement().MeetingPoint,
        });
        Refused(RefusalCode.PickupRefusedByPerson, "meeting_persons", call with
        {
            MeetingPersons = Samples.Movement().MeetingPersons,
        });
    }

    [Fact]
    public void Create_ReasonWithoutRefusal_Refused()
    {
        Refused(RefusalCode.FieldNotAllowed, "refusal_reason", Samples.Movement() with
        {
            RefusalReason = PickupRefusalReason.NoReasonGiven,
        });
        Refused(RefusalCode.FieldNotAllowed, "refusal_effects_done", Samples.Movement() with
        {
            RefusalEffectsDone = [RefusalEffect.CallAgreed],
        });
    }

    [Theory]
    [InlineData(PickupChoice.Undecided)]
    [InlineData((PickupChoice)42)]
    public void Create_ChoiceOpenOrNewer_PlanIsKept(PickupChoice choice)
    {
        Expect.Value(MovementSection.Create(Samples.Movement() with { PickupChoice = choice }));
        Expect.Value(MovementSection.Create(Samples.RefusedPickup() with { PickupChoice = choice }));
    }

    [Fact]
    public void Create_WantedWithoutAPart_Refused()
    {
        Refused(RefusalCode.FieldMissing, "pickup_choice", Samples.Movement() with { PickupChoice = default });
        Refused(RefusalCode.FieldMissing, "meeting_point", Samples.Movement() with { MeetingPoint = null });
        Refused(RefusalCode.FieldMissing, "window", Samples.Movement() with { Window = null });
        Refused(RefusalCode.FieldMissing, "recognition", Samples.Movement() with { Recognition = null });
        Refused(RefusalCode.FieldMissing, "no_show_plan", Samples.Movement() with { NoShowPlan = [] });
        Refused(RefusalCode.LeadWithoutDeputy, "meeting_persons", Samples.Movement() with { MeetingPersons = [] });
    }

    [Theory]
    [InlineData("2026-03-21T10:00", "2026-03-21T10:30", true)] // the end itself is inside
    [InlineData("2026-03-21T10:30", "2026-03-21T11:00", true)]
    [InlineData("2026-03-21T10:31", "2026-03-21T11:00", false)]
    [InlineData("2026-03-21T09:00", "2026-03-21T10:29", false)]
    public void Create_Window_MustCoverTheArrival(string start, string end, bool covers)
    {
        var details = Samples.Movement() with
        {
            Window = new PickupWindow(Samples.Riga(start), Samples.Riga(end), 0),
        };

        if (covers)
        {
            Expect.Value(MovementSection.Create(details));
        }
        else
        {
            Refused(RefusalCode.WindowMissesArrival, "window", details);
        }
    }

    [Fact]
    public void Create_WindowInTheZoneOfTheSender_Refused() => Refused(
        RefusalCode.WindowMissesArrival,
        "window.start.zone",
        Samples.Movement() with
        {
            Window = new PickupWindow(
                Expect.Value(LocalMoment.Create("2026-03-21T09:00", "Europe/Stockholm", 60)),
                Samples.Riga("2026-03-21T11:00"),
                30),
        });

    // The ferry arrives at 03:30 in the hour that happens twice; the window is the first, the arrival the second.
    [Fact]
    public void Create_WindowInTheOtherOfTwoHours_Refused()
    {
        var leg = Samples.Movement().Legs[0] with
        {
            Departs = Samples.Riga("2026-10-24T20:00", 180),
            Arrives = Samples.Riga("2026-10-25T03:30", 120),
        };
        var first = new PickupWindow(Samples.Riga("2026-10-25T03:15", 180), Samples.Riga("2026-10-25T03:45", 180), 0);
        var second = new PickupWindow(Samples.Riga("2026-10-25T03:15", 120), Samples.Riga("2026-10-25T03:45", 120), 0);

        Refused(RefusalCode.WindowMissesArrival, "window", Samples.Movement() with { Legs = [leg], Window = first });
        Expect.Value(MovementSection.Create(Samples.Movement() with { Legs = [leg], Window = second }));
    }

    [Fact]
    public void Create_WindowEndsBeforeItStarts_Refused() => Refused(
        RefusalCode.DatesContradict,
        "window.end",
        Samples.Movement() with
        {
            Window = new PickupWindow(Samples.Riga("2026-03-21T11:00"), Samples.Riga("2026-03-21T10:00"), 0),
        });

    [Fact]
    public void Create_GraceTooLong_Refused() => Refused(
        RefusalCode.NumberOutOfRange,
        "window.grace_minutes",
        Samples.Movement() with
        {
            Window = Samples.Movement().Window! with { GraceMinutes = 241 }, // the sample has one
        });

    [Fact]
    public void MissedAt_GraceAfterTheEnd_AcrossTheClockChange()
    {
        var window = new PickupWindow(Samples.Riga("2026-03-29T02:30"), Samples.Riga("2026-03-29T02:50"), 30);

        // 02:50 and half an hour is 04:20 by the clock on the wall, because 03:00 to 04:00 does not happen.
        Assert.Equal(Samples.Riga("2026-03-29T04:20", 180).Utc, window.MissedAt);
    }

    [Theory]
    [InlineData(PlaceKind.Shelter)]
    [InlineData(PlaceKind.PrivateAddress)]
    public void Create_MeetingAtAnAddress_Refused(PlaceKind kind) => Refused(
        RefusalCode.AddressNotAllowed,
        "meeting_point.place_kind",
        Samples.Movement() with
        {
            MeetingPoint = Samples.Movement().MeetingPoint! with { PlaceKind = kind }, // the sample has one
        });

    [Theory]
    [InlineData(PlaceKind.Shelter)]
    [InlineData(PlaceKind.PrivateAddress)]
    public void Create_JourneyThatEndsAtAnAddress_NamesItNowhere(PlaceKind kind)
    {
        var details = Samples.Movement() with { ArrivalPlaceKind = kind };

        Refused(RefusalCode.AddressNotAllowed, "legs[0].to_place", details);
        Expect.Value(MovementSection.Create(details with { Legs = [details.Legs[0] with { ToPlace = null }] }));
    }

    [Fact]
    public void Create_JourneyThatEndsInPublic_NamesThePlace() => Refused(
        RefusalCode.FieldMissing,
        "legs[0].to_place",
        Samples.Movement() with { Legs = [Samples.Movement().Legs[0] with { ToPlace = null }] });

    public static TheoryData<string, MeetingRole, string, MeetingRole> WrongPairs => new()
    {
        { "Liepa", MeetingRole.Lead, "Liepa", MeetingRole.Deputy },
        { "Liepa", MeetingRole.Lead, "Ozols", MeetingRole.Lead },
        { "Liepa", MeetingRole.Deputy, "Ozols", MeetingRole.Deputy },
        { "Liepa", MeetingRole.Lead, "Ozols", MeetingRole.Interpreter },
    };

    [Theory]
    [MemberData(nameof(WrongPairs))]
    public void Create_LeadWithoutDeputy_Refused(
        string first, MeetingRole role, string second, MeetingRole otherRole) =>
        Refused(RefusalCode.LeadWithoutDeputy, "meeting_persons", Samples.Movement() with
        {
            MeetingPersons =
            [
                new MeetingPerson { Alias = Samples.Staff(first), Role = role },
                new MeetingPerson { Alias = Samples.Staff(second), Role = otherRole },
            ],
        });

    [Fact]
    public void Create_NobodyAroundTheClock_Refused()
    {
        var office = new FallbackContact
        {
            Alias = Samples.Staff("Office"),
            Phone = Samples.Text("+000 001"),
            Hours = Samples.Text("Mon-Fri 9-17"),
            Zone = Expect.Value(ZoneId.Parse("Europe/Riga")),
        };

        Refused(RefusalCode.FallbackContactMissing, "fallback_contacts", Samples.Movement() with
        {
            FallbackContacts = [office],
        });
        Refused(RefusalCode.FallbackContactMissing, "fallback_contacts", Samples.RefusedPickup() with
        {
            FallbackContacts = [],
        });
        Refused(RefusalCode.FieldMissing, "fallback_contacts[0].hours", Samples.Movement() with
        {
            FallbackContacts = [office with { Hours = null }],
        });
    }

    [Fact]
    public void Create_LegsOutOfOrder_Refused()
    {
        var ferry = Samples.Movement().Legs[0];
        var bus = ferry with
        {
            Mode = TransportMode.Bus,
            Departs = Samples.Riga("2026-03-21T10:29"),
            Arrives = Samples.Riga("2026-03-21T10:45"),
        };

        Refused(RefusalCode.DatesContradict, "legs[1].departs", Samples.Movement() with { Legs = [ferry, bus] });
        Refused(RefusalCode.DatesContradict, "legs[0].arrives", Samples.Movement() with
        {
            Legs = [ferry with { Departs = ferry.Arrives }],
        });
        Refused(RefusalCode.FieldMissing, "legs", Samples.Movement() with { Legs = [] });
        Expect.Value(MovementSection.Create(Samples.Movement() with
        {
            Legs = [ferry, bus with { Departs = ferry.Arrives }],
        }));
    }

    [Fact]
    public void Create_PhraseThatWorksOneWay_Refused()
    {
        var recognition = Samples.Movement().Recognition!; // the sample has one

        Refused(RefusalCode.FieldMissing, "recognition.response", Samples.Movement() with
        {
            Recognition = recognition with { Response = null },
        });
        Refused(RefusalCode.ValueTwice, "recognition.response", Samples.Movement() with
        {
            Recognition = recognition with { Response = recognition.Challenge },
        });
    }

    [Fact]
    public void Create_NoShowStepsOutOfOrder_Refused() => Refused(
        RefusalCode.NumberOutOfRange,
        "no_show_plan[1].after_minutes",
        Samples.Movement() with { NoShowPlan = [.. Samples.Movement().NoShowPlan.Reverse()] });

    [Theory]
    [InlineData(YesNo.Yes, true)]
    [InlineData(YesNo.No, false)]
    [InlineData(YesNo.Unspecified, false)]
    [InlineData(YesNo.Declined, false)]
    [InlineData(YesNo.Unknown, false)]
    [InlineData((YesNo)42, false)]
    public void IsPoliceAllowed_AnythingButYes_MeansNo(YesNo answer, bool isAllowed) =>
        Assert.Equal(isAllowed, (Samples.Movement().NoShowPlan[0] with { MayCallPolice = answer }).IsPoliceAllowed);

    [Fact]
    public void HasDoubtfulTimes_TimeThatThisMachineDoubts_IsMarked()
    {
        var doubtful = Expect.Value(LocalMoment.Receive("2026-03-21T10:30", "Europe/Riga", 180));
        var details = Samples.Movement();

        Assert.True(Expect.Value(MovementSection.Create(Samples.RefusedPickup() with
        {
            Legs = [details.Legs[0] with { Arrives = doubtful }],
        })).HasDoubtfulTimes);
    }

    private static void Refused(RefusalCode code, string field, MovementDetails details) =>
        Expect.Refusal(code, field, MovementSection.Create(details));
}
