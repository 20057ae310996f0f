using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Packets;

/// <summary>Rules of the manifest, its table of parts and the excerpt (docs/spec/referral-packet.md, sections 5 to 7).
/// Each test spoils one thing in a packet that is good otherwise.</summary>
public sealed class PacketReaderTests
{
    private const int ExcerptPart = 1;
    private const int SectionPart = 2;
    private const int FirstDummy = 3;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecipientId Recipient = RecipientId.NewRandom();
    private static readonly byte[] UnknownField = [0xFA, 0x3F, 0x01, 0x78];

    private static readonly Dictionary<string, Spoiled> Breaches = new()
    {
        ["format 0"] = new(m => m.Format = 0),
        ["format 2"] = new(m => m.Format = 2),
        ["no kind"] = new(m => m.Kind = Wire.MessageKind.Unspecified),
        ["unknown kind"] = new(m => m.Kind = (Wire.MessageKind)12),
        ["no stage"] = new(m => m.Stage = Wire.DisclosureStage.Unspecified),
        ["unknown stage"] = new(m => m.Stage = (Wire.DisclosureStage)4),
        ["no priority"] = new(m => m.Priority = Wire.Priority.Unspecified),
        ["unknown priority"] = new(m => m.Priority = (Wire.Priority)4),
        ["sequence 0"] = new(m => m.Sequence = 0),
        ["sequence 1001"] = new(m => m.Sequence = 1001),
        ["short conversation id"] = new(m => m.ConversationId = ByteString.CopyFrom(new byte[15])),
        ["zero conversation id"] = new(m => m.ConversationId = ByteString.CopyFrom(new byte[16])),
        ["long message id"] = new(m => m.MessageId = ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, 17)])),
        ["no alias"] = new(m => m.CaseAlias = ""),
        ["alias out of form"] = new(m => m.CaseAlias = "A name"),
        ["country out of form"] = new(m => m.FromCountry = "lv"),
        ["country not assigned"] = new(m => m.ToCountry = "XX"),
        ["answer due in no calendar"] = new(m => m.RespondBy = ulong.MaxValue),
        ["kept until no calendar's day"] = new(m => m.RetentionUntil = 253_402_300_800),
        ["a line too few"] = new(m => m.Parts.RemoveAt(7)),
        ["a line too many"] = new(m => m.Parts.Add(new Wire.PartEntry { Index = 8, Dummy = new Wire.Dummy() })),
        ["a part named twice"] = new(m => m.Parts[FirstDummy].Index = SectionPart),
        ["lines out of order"] = new(m => (m.Parts[1], m.Parts[2]) = (m.Parts[2].Clone(), m.Parts[1].Clone())),
        ["manifest elsewhere"] = new(m => m.Parts[FirstDummy].Control = Wire.ControlKind.Manifest),
        ["part 0 is no manifest"] = new(m => m.Parts[0].Control = Wire.ControlKind.Answer),
        ["part 0 is a dummy"] = new(m => m.Parts[0].Dummy = new Wire.Dummy()),
        ["unknown control part"] = new(m => m.Parts[FirstDummy].Control = (Wire.ControlKind)4),
        ["no control kind"] = new(m => m.Parts[FirstDummy].Control = Wire.ControlKind.Unspecified),
        ["a line without content"] = new(m => m.Parts[FirstDummy].ClearContent()),
        ["two excerpts"] = new(m => m.Parts[FirstDummy].Control = Wire.ControlKind.ConsentExcerpt),
        ["a category twice"] = new(m => m.Parts[FirstDummy].Section = m.Parts[SectionPart].Section.Clone()),
        ["no category"] = new(m => m.Parts[SectionPart].Section.Category = Wire.Category.Unspecified),
        ["unknown category"] = new(m => m.Parts[SectionPart].Section.Category = (Wire.Category)17),
        ["no purpose"] = new(m => m.Parts[SectionPart].Section.Purpose = Wire.Purpose.Unspecified),
        ["unknown purpose"] = new(m => m.Parts[SectionPart].Section.Purpose = (Wire.Purpose)15),
        ["version 0"] = new(m => m.Parts[SectionPart].Section.Version = 0),
        ["no end"] = new(m => m.Parts[SectionPart].Section.ExpiresAt = 0),
        ["end in no calendar"] = new(m => m.Parts[SectionPart].Section.ExpiresAt = ulong.MaxValue),
        ["short digest"] = new(m => m.Parts[SectionPart].Section.Digest = ByteString.CopyFrom(new byte[31])),
        ["legal basis missing"] = new(m => m.LegalBasis = Wire.LegalBasis.Unspecified),
        ["legal basis unknown"] = new(m => m.LegalBasis = (Wire.LegalBasis)2),
        ["excerpt digest wrong"] = new(
            m => m.ExcerptDigest = ByteString.CopyFrom(new byte[32]), RefusalCode.DigestDoesNotMatch),
        ["excerpt digest missing"] = new(m => m.ExcerptDigest = ByteString.Empty, RefusalCode.DigestDoesNotMatch),
        ["section digest wrong"] = new(
            m => m.Parts[SectionPart].Section.Digest = ByteString.CopyFrom(new byte[32]),
            RefusalCode.DigestDoesNotMatch),
        ["category that the content is not"] = new(
            m => m.Parts[SectionPart].Section.Category = Wire.Category.Identity, RefusalCode.SectionNotCovered),
        ["end later than the grant's"] = new(
            m => m.Parts[SectionPart].Section.ExpiresAt++, RefusalCode.SectionNotCovered),
        ["purpose that is not granted"] = new(
            m => m.Parts[SectionPart].Section.Purpose = Wire.Purpose.Shelter, RefusalCode.SectionNotCovered),
        ["movement stage"] = new(m => m.Stage = Wire.DisclosureStage.Movement, RefusalCode.StageDoesNotFit),
        ["sections in an enquiry"] = new(
            m => (m.Kind, m.Stage) = (Wire.MessageKind.Enquiry, Wire.DisclosureStage.Enquiry),
            RefusalCode.AnswerDoesNotFit),
        ["sections in a decision"] = new(m => m.Kind = Wire.MessageKind.Decision, RefusalCode.AnswerDoesNotFit),
    };

    public static TheoryData<string> Names => [.. Breaches.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_ManifestWithOneBreach_IsRefused(string name)
    {
        var (spoil, code) = Breaches[name];

        Assert.Equal(code, Good().Edit(spoil).Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_GoodPacket_TellsWhatWasWritten()
    {
        var packet = Good().Read(Now).Value;

        var section = Assert.Single(packet.Sections);
        Assert.Equal(MessageKind.ReferralSubmit, packet.Heading.Kind);
        Assert.Equal((Category.Services, Purpose.Reintegration), (section.Entry.Category, section.Entry.Purpose));
        Assert.Equal(SectionPart, section.PartIndex);
        Assert.Null(packet.Answer);
        Assert.NotNull(packet.Excerpt);
    }

    [Fact]
    public void Read_ManifestThatIsNone_IsRefused()
    {
        var parts = Good().ToParts().ToList();
        foreach (byte[] bytes in new byte[][] { [], [0xFF], [.. parts[0].Span[..^1]], new byte[64] })
        {
            parts[0] = bytes;
            Assert.Equal(RefusalCode.ManifestInvalid, PacketReader.Read(parts, Now).Refusal.Code);
        }
    }

    [Fact]
    public void Read_UnknownFieldInTheManifest_IsRefused()
    {
        var parts = Good().ToParts().ToList();
        parts[0] = (byte[])[.. parts[0].Span, .. UnknownField];

        Assert.Equal(RefusalCode.ManifestInvalid, PacketReader.Read(parts, Now).Refusal.Code);
    }

    [Fact]
    public void Read_UnknownFieldInALineOfTheTable_IsRefused()
    {
        var spoiled = Wire.PartEntry.Parser.ParseFrom(
            [.. Good().Manifest.Parts[FirstDummy].ToByteArray(), .. UnknownField]);

        Assert.Equal(
            RefusalCode.ManifestInvalid, Good().Edit(m => m.Parts[FirstDummy] = spoiled).Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_UnknownFieldInTheExcerpt_IsRefused()
    {
        var good = Good();

        var spoiled = good.Replace(ExcerptPart, [.. good.Parts[ExcerptPart].Span, .. UnknownField]);

        Assert.Equal(RefusalCode.ManifestInvalid, spoiled.Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_UnknownFieldInAnAnswer_IsRefused()
    {
        var good = PacketForge.Answer(Cancelled(), Now);

        var spoiled = good.Replace(1, [.. good.Parts[1].Span, .. UnknownField]);

        Assert.Equal(RefusalCode.ManifestInvalid, spoiled.Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_NewerFieldInASection_IsKeptAndReported()
    {
        var bytes = WireSections.WithNewerField(WireSections.Services());

        Assert.True(Good().Replace(SectionPart, bytes).Read(Now).IsOk);
        var opened = SectionReader.Read(Category.Services, bytes, Now).Value;
        Assert.True(opened.HasNewerFields);
        var plain = SectionReader.Read(Category.Services, WireSections.Services().ToByteArray(), Now).Value;
        Assert.False(plain.HasNewerFields);
    }

    [Fact]
    public void Read_NewerFieldDeepInASection_IsReported()
    {
        var section = WireSections.Services();
        section.Services.Services[0] = Wire.RequestedService.Parser.ParseFrom(
            [.. section.Services.Services[0].ToByteArray(), .. UnknownField]);

        Assert.True(SectionReader.Read(Category.Services, section.ToByteArray(), Now).Value.HasNewerFields);
    }

    [Fact]
    public void Read_DummyThatIsNotEmpty_IsRefused()
    {
        var spoiled = Good();
        spoiled.Parts[7] = new byte[] { 0 };

        Assert.Equal(RefusalCode.ManifestInvalid, spoiled.Read(Now).Refusal.Code);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF, 0xFF })]
    public void Read_SectionThatIsNone_IsRefused(byte[] bytes) =>
        Assert.False(Good().Replace(SectionPart, bytes).Read(Now).IsOk);

    [Fact]
    public void Read_SectionOfAnotherCategoryThanGrantedAndNamed_IsRefused() => Assert.Equal(
        RefusalCode.ManifestInvalid,
        Good().Replace(SectionPart, WireSections.Identity().ToByteArray()).Read(Now).Refusal.Code);

    [Fact]
    public void Read_ExcerptWithoutASection_IsRefused()
    {
        var (answer, good) = (PacketForge.Answer(Cancelled(), Now), Good());
        answer.Parts[2] = good.Parts[ExcerptPart];
        answer.Edit(m =>
        {
            m.Parts[2].Control = Wire.ControlKind.ConsentExcerpt;
            m.LegalBasis = Wire.LegalBasis.Consent;
            m.ExcerptDigest = good.Manifest.ExcerptDigest;
        });

        Assert.Equal(RefusalCode.ManifestInvalid, answer.Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_DigestOrLegalBasisWithoutAnExcerpt_IsRefused()
    {
        var digest = PacketForge.Answer(Cancelled(), Now)
            .Edit(m => m.ExcerptDigest = ByteString.CopyFrom(new byte[32]));
        var basis = PacketForge.Answer(Cancelled(), Now).Edit(m => m.LegalBasis = Wire.LegalBasis.Consent);

        Assert.Equal(RefusalCode.ManifestInvalid, digest.Read(Now).Refusal.Code);
        Assert.Equal(RefusalCode.ManifestInvalid, basis.Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_SectionWithoutAnExcerpt_IsNotCovered()
    {
        var good = Good();
        good.Parts[ExcerptPart] = ReadOnlyMemory<byte>.Empty;
        good.Edit(m =>
        {
            m.Parts[ExcerptPart].Dummy = new Wire.Dummy();
            m.LegalBasis = Wire.LegalBasis.Unspecified;
            m.ExcerptDigest = ByteString.Empty;
        });

        Assert.Equal(RefusalCode.SectionNotCovered, good.Read(Now).Refusal.Code);
    }

    [Theory]
    [InlineData(MessageKind.Decision)]
    [InlineData(MessageKind.EnquiryAnswer)]
    [InlineData(MessageKind.ReferralSubmit)]
    public void Read_AnswerOfAnotherKind_DoesNotFit(MessageKind kind) => Assert.Equal(
        RefusalCode.AnswerDoesNotFit,
        PacketForge.Answer(Cancelled(), Now)
            .Edit(m => m.Kind = (Wire.MessageKind)kind)
            .Read(Now).Refusal.Code);

    [Fact]
    public void Read_AnswerBesideSections_DoesNotFit()
    {
        var good = Good();
        good.Parts[FirstDummy] = PacketForge.Answer(Cancelled(), Now).Parts[1];

        Assert.Equal(
            RefusalCode.AnswerDoesNotFit,
            good.Edit(m => m.Parts[FirstDummy].Control = Wire.ControlKind.Answer).Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_NeitherSectionNorAnswer_IsRefused()
    {
        var answer = PacketForge.Answer(Cancelled(), Now);
        answer.Parts[1] = ReadOnlyMemory<byte>.Empty;
        answer.Edit(m => m.Parts[1].Dummy = new Wire.Dummy());

        Assert.Equal(RefusalCode.AnswerDoesNotFit, answer.Read(Now).Refusal.Code);
        Assert.Equal(
            RefusalCode.ManifestInvalid,
            answer.Edit(m => (m.Kind, m.Stage) = (Wire.MessageKind.ReferralSubmit, Wire.DisclosureStage.Referral))
                .Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_MovementInAReferral_IsRefused()
    {
        var movement = Movement().Edit(
            m => (m.Kind, m.Stage) = (Wire.MessageKind.ReferralSubmit, Wire.DisclosureStage.Referral));

        Assert.Equal(RefusalCode.StageDoesNotFit, movement.Read(Now).Refusal.Code);
    }

    [Fact]
    public void Read_MovementKindWithoutAMovement_IsRefused() => Assert.Equal(
        RefusalCode.StageDoesNotFit,
        Good().Edit(m => (m.Kind, m.Stage) = (Wire.MessageKind.MovementDetails, Wire.DisclosureStage.Movement))
            .Read(Now).Refusal.Code);

    private static PacketForge Good() => PacketForge.Sections(
        PacketForge.Heading(MessageKind.ReferralSubmit), Recipient, Now, (Category.Services, WireSections.Services()));

    private static PacketForge Movement() => PacketForge.Sections(
        PacketForge.Heading(MessageKind.MovementDetails), Recipient, Now, (Category.Movement, WireSections.Movement()));

    private static Cancellation Cancelled() => Cancellation.Create(CancelReason.PersonEnded).Value;

    private sealed record Spoiled(Action<Wire.Manifest> Spoil, RefusalCode Code = RefusalCode.ManifestInvalid);
}
