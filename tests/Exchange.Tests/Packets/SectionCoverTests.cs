using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Packets;

/// <summary>Whether the excerpt in a packet covers its sections, and what sections may say in a packet of a stage; the
/// same for who writes and who reads.</summary>
public sealed class SectionCoverTests
{
    private const int SectionPart = 2;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Arrival = new(2026, 3, 10, 20, 45, 0, TimeSpan.FromHours(2));
    private static readonly RecipientId Recipient = RecipientId.NewRandom();

    [Fact]
    public void Read_AtTheEndOfTheGrant_IsNotCoveredAnyMore()
    {
        var packet = Services();
        var end = packet.Read(Now).Value.Excerpt!.Grants[0].ExpiresAt;

        Assert.True(packet.Read(end.AddSeconds(-1)).IsOk);
        Assert.Equal(RefusalCode.SectionNotCovered, packet.Read(end).Refusal.Code);
    }

    [Fact]
    public void Read_BeforeTheGrantBegins_IsNotCoveredYet()
    {
        var begin = (ulong)Now.AddHours(1).ToUnixTimeSeconds();
        var packet = Services().EditExcerpt(excerpt => excerpt.Grants[0].ValidFrom = begin);

        Assert.Equal(RefusalCode.SectionNotCovered, packet.Read(Now).Refusal.Code);
        Assert.True(packet.Read(Now.AddHours(1)).IsOk);
    }

    [Theory]
    [InlineData(Wire.Category.Identity)]
    [InlineData(Wire.Category.Risk)]
    public void Read_OtherCategoryGranted_IsNotCovered(Wire.Category category)
    {
        var purpose = category is Wire.Category.Risk ? Wire.Purpose.RiskAssessment : Wire.Purpose.Reintegration;
        var packet = Services().EditExcerpt(
            excerpt => (excerpt.Grants[0].Category, excerpt.Grants[0].Purpose) = (category, purpose));

        Assert.Equal(RefusalCode.SectionNotCovered, packet.Read(Now).Refusal.Code);
    }

    [Theory]
    [InlineData("no grants")]
    [InlineData("longer than any grant may last")]
    [InlineData("ends before it begins")]
    [InlineData("no salt")]
    [InlineData("unknown form")]
    [InlineData("unknown answer")]
    [InlineData("second of the day")]
    [InlineData("purpose that does not go with the category")]
    [InlineData("category that is never shared")]
    public void Read_ExcerptOutOfBounds_IsRefused(string breach)
    {
        var packet = Services().EditExcerpt(excerpt =>
        {
            var grant = excerpt.Grants[0];
            switch (breach)
            {
                case "no grants": excerpt.Grants.Clear(); break;
                case "longer than any grant may last": grant.ExpiresAt += 400 * 86_400; break;
                case "ends before it begins": grant.ExpiresAt = grant.ValidFrom; break;
                case "no salt": excerpt.Salt = ByteString.CopyFrom(new byte[32]); break;
                case "unknown form": excerpt.Form = (Wire.ConsentForm)5; break;
                case "unknown answer": excerpt.EmbassyContact = (Wire.PermissionAnswer)4; break;
                case "second of the day": excerpt.GivenAt++; break;
                case "purpose that does not go with the category": grant.Purpose = Wire.Purpose.Statistics; break;
                default: grant.Category = Wire.Category.ConsentRecord; break;
            }
        });

        Assert.False(packet.Read(Now).IsOk);
    }

    [Fact]
    public void Write_Journey_EndsItsSection72HoursAfterTheArrival()
    {
        var entry = Assert.Single(Movement().Read(Now).Value.Sections).Entry;

        Assert.Equal(Arrival.AddHours(72), entry.ExpiresAt);
    }

    [Fact]
    public void Read_JourneyThatClaimsALaterEnd_IsNotCovered() => Assert.Equal(
        RefusalCode.SectionNotCovered,
        Movement().Edit(manifest => manifest.Parts[SectionPart].Section.ExpiresAt++).Read(Now).Refusal.Code);

    [Fact]
    public void Write_JourneyThatIsLongOver_IsRefused()
    {
        var late = Arrival.AddHours(72);
        var draft = new PacketDraft
        {
            Heading = PacketForge.Heading(MessageKind.MovementDetails),
            Excerpt = Consents.Excerpt(late, Recipient, Consents.Grant(Recipient, Category.Movement)),
            Sections =
            [
                new SectionDraft(Category.Movement, Purpose.Reception, 1, WireSections.Movement().ToByteArray()),
            ],
        };

        Assert.Equal(RefusalCode.SectionExpired, PacketWriter.Write(draft, late).Refusal.Code);
    }

    [Fact]
    public void Read_DocumentNumberInAReferral_IsRefused()
    {
        var packet = Documents(WireSections.TravelDocs())
            .Replace(SectionPart, WireSections.TravelDocs(number: "X1").ToByteArray());

        Assert.Equal(RefusalCode.StageDoesNotFit, packet.Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_SectionThatAllowsTheEmbassyWithoutThePersonsYes_IsRefused()
    {
        var packet = Documents(WireSections.TravelDocs()).Replace(
            SectionPart, WireSections.TravelDocs(Wire.EmbassyContact.AllowedByPersonOnly).ToByteArray());

        Assert.Equal(RefusalCode.EmbassyForbidden, packet.Read(Now).Refusal.Code);
        Assert.True(packet.EditExcerpt(excerpt => excerpt.EmbassyContact = Wire.PermissionAnswer.Yes).Read(Now).IsOk);
    }

    [Fact]
    public void Read_AliasThatServesForRecognition_IsRefused() => Assert.Equal(
        RefusalCode.ValueTwice,
        Movement().Replace(SectionPart, WireSections.Movement(challenge: "I am bcdf-234").ToByteArray())
            .Read(Now).Refusal.Code);

    [Fact]
    public void ReadSections_OwnPacketAfterItsGrantEnded_StillTellsThem()
    {
        var packet = Services();

        var section = Assert.Single(PacketReader.ReadSections(packet.ToParts()).Value);

        Assert.Equal((Category.Services, SectionPart), (section.Entry.Category, section.PartIndex));
    }

    private static PacketForge Services() => Of(MessageKind.ReferralSubmit, Category.Services, WireSections.Services());

    private static PacketForge Movement() =>
        Of(MessageKind.MovementDetails, Category.Movement, WireSections.Movement());

    private static PacketForge Documents(Wire.Section section) =>
        Of(MessageKind.ReferralSubmit, Category.TravelDocs, section);

    private static PacketForge Of(MessageKind kind, Category category, Wire.Section section) =>
        PacketForge.Sections(PacketForge.Heading(kind), Recipient, Now, (category, section));
}
