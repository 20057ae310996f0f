using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Exchange.Tests.Mapping;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CsCheck;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Packets;

/// <summary>What may be sealed at all, and that who reads finds what was written.</summary>
public sealed class PacketWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecipientId Recipient = RecipientId.NewRandom();

    [Fact]
    public void Write_Referral_PutsManifestExcerptSectionsAndThenEmptyDummies()
    {
        var packet = PacketWriter.Write(Draft(Category.Services, Category.Identity), Now).Value;

        Assert.Equal(8, packet.Parts.Count);
        Assert.All(packet.Parts.Take(4), part => Assert.False(part.IsEmpty));
        Assert.All(packet.Parts.Skip(4), part => Assert.True(part.IsEmpty));
        Assert.Equal([2, 3], packet.Sections.Select(section => section.PartIndex));
    }

    [Fact]
    public void Write_AnyAnswer_IsReadAgain() => ControlGens.Answer.Sample(answer =>
    {
        var draft = new PacketDraft { Heading = PacketForge.Heading(answer.Kind), Answer = answer };
        var packet = PacketReader.Read(PacketWriter.Write(draft, Now).Value.Parts, Now).Value;
        return packet.Answer == answer
            && packet.Heading == draft.Heading
            && packet.Excerpt is null
            && packet.Sections.Count == 0;
    });

    [Fact]
    public void Write_AnyHeading_IsReadAgain()
    {
        var moments = Gens.NullableValue(Gen.Long[1, 4_000_000_000].Select(DateTimeOffset.FromUnixTimeSeconds));
        var headings =
            from sequence in Gen.ULong[1, 1000]
            from priority in Gen.OneOf(Priority.Emergency, Priority.Urgent, Priority.Normal)
            from respondBy in moments
            from keptUntil in moments
            from country in Gen.OneOf("LV", "SE", "UA", "")
            select PacketForge.Heading(MessageKind.ReferralSubmit, sequence) with
            {
                Priority = priority,
                RespondBy = respondBy,
                RetentionUntil = keptUntil,
                FromCountry = country.Length == 0 ? null : CountryCode.Parse(country).Value,
            };

        headings.Sample(heading =>
        {
            var draft = Draft(Category.Services) with { Heading = heading };
            var packet = PacketReader.Read(PacketWriter.Write(draft, Now).Value.Parts, Now).Value;
            return packet.Heading == heading && packet.Excerpt == draft.Excerpt;
        });
    }

    [Fact]
    public void Write_SectionWithoutAnExcerpt_IsRefused() => Assert.Equal(
        RefusalCode.ConsentMissing, Refused(Draft(Category.Services) with { Excerpt = null }));

    [Fact]
    public void Write_ExcerptWithoutASection_IsRefused()
    {
        var answer = Cancellation.Create(CancelReason.PersonEnded).Value;

        Assert.Equal(
            RefusalCode.ManifestInvalid,
            Refused(Draft(Category.Services) with
            {
                Heading = PacketForge.Heading(answer.Kind),
                Answer = answer,
                Sections = [],
            }));
    }

    [Fact]
    public void Write_SectionThatIsNotGranted_IsRefused()
    {
        var draft = Draft(Category.Services);

        Assert.Equal(
            RefusalCode.GrantMissing,
            Refused(draft with { Excerpt = Draft(Category.Identity).Excerpt }));
        Assert.Equal(
            RefusalCode.GrantMissing,
            Refused(draft with { Sections = [draft.Sections[0] with { Purpose = Purpose.Shelter }] }));
    }

    [Fact]
    public void Write_AfterTheGrantEnded_IsRefused()
    {
        var draft = Draft(Category.Services);

        Assert.Equal(
            RefusalCode.GrantExpired,
            PacketWriter.Write(draft, draft.Excerpt!.Grants[0].ExpiresAt).Refusal.Code);
    }

    [Fact]
    public void Write_SectionUnderAnotherCategory_IsRefused()
    {
        var draft = Draft(Category.Services);

        Assert.Equal(
            RefusalCode.ManifestInvalid,
            Refused(draft with
            {
                Sections = [draft.Sections[0] with { Content = WireSections.Identity().ToByteArray() }],
            }));
    }

    [Fact]
    public void Write_CategoryTwice_IsRefused()
    {
        var draft = Draft(Category.Services);

        Assert.Equal(
            RefusalCode.ValueTwice, Refused(draft with { Sections = [draft.Sections[0], draft.Sections[0]] }));
    }

    [Fact]
    public void Write_SectionLargerThanAPart_IsRefused() => Assert.Equal(
        RefusalCode.EnvelopeTooLarge,
        Refused(WithSize(Draft(Category.Services), Envelope.PartDataSizeBytesMax + 1)));

    [Fact]
    public void Write_MoreThanAnEnvelopeHolds_IsRefused()
    {
        // Padding doubles each section of a little more than 2 MiB, so four of them are more than 16 MiB with the rest.
        var draft = WithSize(
            Draft(Category.Services, Category.Identity, Category.TravelDocs, Category.Risk), 2_200_000);

        Assert.Equal(RefusalCode.EnvelopeTooLarge, Refused(draft));
    }

    private static RefusalCode Refused(PacketDraft draft) => PacketWriter.Write(draft, Now).Refusal.Code;

    // Filled with a field that only a newer program knows, which is kept as it is.
    private static PacketDraft WithSize(PacketDraft draft, int sizeBytes) => draft with
    {
        Sections =
        [
            .. draft.Sections.Select(section =>
            {
                using var stream = new MemoryStream();
                using var output = new CodedOutputStream(stream, leaveOpen: true);
                output.WriteTag(1023, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(new byte[sizeBytes - section.Content.Length - 6]));
                output.Flush();
                return section with { Content = (byte[])[.. section.Content.Span, .. stream.ToArray()] };
            }),
        ],
    };

    private static PacketDraft Draft(params Category[] categories) => new()
    {
        Heading = PacketForge.Heading(MessageKind.ReferralSubmit),
        Excerpt = Consents.Excerpt(Now, Recipient, categories.Select(category => Consents.Grant(Recipient, category))),
        Sections =
        [
            .. categories.Select(category => new SectionDraft(
                category, Consents.PurposeOf(category), 1, SectionOf(category).ToByteArray())),
        ],
    };

    private static Wire.Section SectionOf(Category category) => category switch
    {
        Category.Identity => WireSections.Identity(),
        Category.TravelDocs => WireSections.TravelDocs(),
        Category.Risk => SectionMapper.ToWire(RiskGens.Section.Single()),
        _ => WireSections.Services(),
    };
}
