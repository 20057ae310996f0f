using System.Security.Cryptography;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Mapping;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Sealing;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Records;

/// <summary>Numbers, gaps and versions in a conversation, and that what is kept is found again.</summary>
public sealed class ConversationFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Codec_AnyConversation_IsReadAgain()
    {
        var files =
            from packets in Packets().List[0, 6]
            from draftAnswer in Gens.Nullable(ControlGens.Answer)
            from hasExcerpt in Gen.Bool
            from respondBy in Gens.NullableValue(Gens.Moment)
            from applied in Gen.ULong[0, 1000]
            select Empty() with
            {
                RespondBy = respondBy,
                FromCountry = CountryCode.Parse("SE").Value,
                LastAppliedSequence = applied,
                Packets = packets,
                DraftSections = [new SectionChoice(Category.Services, Purpose.Reintegration)],
                DraftAnswer = draftAnswer,
                Sections = [.. packets.Take(1).Select(packet => Section(packet, Category.Risk, 3))],
                Excerpt = hasExcerpt ? Excerpt() : null,
                RecipientSalt = RandomNumberGenerator.GetBytes(32),
            };

        files.Sample(file =>
        {
            var decoded = ConversationFileCodec.Decode(ConversationFileCodec.Encode(file));
            Assert.Equal(ConversationFileCodec.Encode(file), ConversationFileCodec.Encode(decoded));
            Assert.Equal(file.Packets.Select(Describe), decoded.Packets.Select(Describe));
            Assert.Equal((file.DraftAnswer, file.Excerpt), (decoded.DraftAnswer, decoded.Excerpt));
            Assert.Equal((file.RespondBy, file.FromCountry), (decoded.RespondBy, decoded.FromCountry));
            Assert.Null(decoded.ToCountry);
        });
    }

    [Fact]
    public void NextSequence_AnyPackets_IsTheLowestThatNoneHolds() => Packets().List[0, 12].Sample(packets =>
    {
        var file = Empty() with { Packets = packets };
        var used = packets.Where(packet => !packet.Incoming && !packet.IsVoid)
            .Select(packet => packet.Sequence)
            .ToHashSet();
        return !used.Contains(file.NextSequence)
            && Enumerable.Range(1, (int)file.NextSequence - 1).All(number => used.Contains((ulong)number));
    });

    [Fact]
    public void Missing_AnyPackets_IsWhatLiesBetweenAppliedAndNewest()
    {
        var cases =
            from numbers in Gen.ULong[1, 30].HashSet[0, 12]
            select numbers;

        cases.Sample(numbers =>
        {
            var applied = 0UL;
            while (numbers.Contains(applied + 1))
            {
                applied++;
            }

            var file = Empty() with
            {
                LastAppliedSequence = applied,
                Packets = [.. numbers.Select(number => Incoming(number))],
            };
            var highest = numbers.Count == 0 ? 0 : numbers.Max();
            return file.Missing == (int)highest - numbers.Count;
        });
    }

    [Fact]
    public void WithSections_OlderVersion_NeverReplacesANewerOne()
    {
        var (first, second) = (Incoming(1), Incoming(2));
        var file = Empty() with { Packets = [first, second] };

        var newer = file.WithSections([Section(second, Category.Services, 2)]);

        var both = newer.WithSections([Section(first, Category.Services, 1)]);
        Assert.Equal(2U, both.Find(Category.Services)!.Entry.Version);
    }

    [Fact]
    public void WithSections_SameVersionTwice_TakesThePacketWithTheHigherNumber()
    {
        var (first, second) = (Incoming(1), Incoming(2));
        var (one, two) = (Section(first, Category.Services, 1), Section(second, Category.Services, 1));
        var file = Empty() with { Packets = [first, second] };

        Assert.Equal(two, file.WithSections([one]).WithSections([two]).Find(Category.Services));
        Assert.Equal(two, file.WithSections([two]).WithSections([one]).Find(Category.Services));
    }

    [Fact]
    public void Void_APacketWithASection_NoLongerCountsItAsSent()
    {
        var sent = Incoming(1) with { Incoming = false };
        var file = (Empty() with { Packets = [sent] }).WithSections([Section(sent, Category.Movement, 1)]);

        var voided = file.Void(sent);

        Assert.True(voided.Packets[0].IsVoid);
        Assert.Null(voided.Find(Category.Movement));
        Assert.Equal(1UL, voided.NextSequence);
    }

    private static Gen<PacketRecord> Packets() =>
        from sequence in Gen.ULong[1, 8]
        from incoming in Gen.Bool
        from isVoid in Gen.Bool
        from parked in Gen.Bool
        from before in Gen.Byte[0, 17]
        from answer in Gens.Nullable(ControlGens.Answer)
        select Incoming(sequence) with
        {
            Incoming = incoming,
            IsVoid = isVoid,
            Parked = parked,
            StateBefore = before,
            Answer = answer,
        };

    private static ConversationFile Empty() => new()
    {
        Peer = NodeId.NewRandom(),
        Conversation = ConversationId.NewRandom(),
        Alias = CaseAlias.NewRandom(),
        Priority = Priority.Urgent,
        Stage = DisclosureStage.Referral,
    };

    private static PacketRecord Incoming(ulong sequence) => new()
    {
        Incoming = true,
        PacketId = PacketId.NewRandom(),
        Message = MessageId.NewRandom(),
        Kind = MessageKind.ReferralSubmit,
        Sequence = sequence,
        At = Now,
        RowId = RandomNumberGenerator.GetBytes(16),
    };

    private static SectionRecord Section(PacketRecord packet, Category category, uint version) => new(
        new SectionEntry(category, Purpose.Reception, version, Now.AddDays(1), Digest.Of([1])),
        packet.PacketId,
        2,
        packet.RowId);

    private static Casework.Consent.ConsentExcerpt Excerpt()
    {
        var recipient = RecipientId.NewRandom();
        return Consents.Excerpt(Now, recipient, Consents.Grant(recipient, Category.Services));
    }

    private static object Describe(PacketRecord packet) => new
    {
        packet.Incoming,
        packet.PacketId,
        packet.Message,
        packet.Kind,
        packet.Sequence,
        packet.At,
        packet.Parked,
        packet.IsVoid,
        packet.StateBefore,
        packet.Answer,
        RowId = Convert.ToHexString(packet.RowId.Span),
    };
}
