using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Packets;

/// <summary>Whatever a member seals, reading it gives a packet or a refusal and never an exception: an exception would
/// have the sender repeat the packet for three days.</summary>
public sealed class DamagedPacketTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("section")]
    [InlineData("unknown field")]
    [InlineData("numbers")]
    [InlineData("excerpt")]
    [InlineData("manifest")]
    public void Read_PartOfMillionsOfEmptyMessages_IsRefusedWithoutGrowth(string where)
    {
        var services = (Category.Services, WireSections.Services());
        var heading = PacketForge.Heading(MessageKind.ReferralSubmit);
        var packet = PacketForge.Sections(heading, RecipientId.NewRandom(), Now, services);
        var (excerpt, section) = (1, 2);
        packet = where switch
        {
            "section" => packet.Replace(section, Inside(0x2A, Repeated([0x0A, 0x00]))),
            "unknown field" => packet.Replace(section, Repeated([0xF8, 0x3F, 0x00])),
            "numbers" => packet.Replace(section, Inside(0x12, Inside(0x3A, Repeated([0x01])))),
            "excerpt" => packet.Replace(excerpt, Repeated([0x1A, 0x00])),
            _ => packet,
        };
        var parts = packet.ToParts().ToArray();
        parts[0] = where is "manifest" ? Repeated([0x7A, 0x00]) : parts[0];
        PacketReader.Read(parts, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = PacketReader.Read(parts, Now);

        Assert.Equal(RefusalCode.ManifestInvalid, read.Refusal.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void Read_AnyBytesOfThePartsChanged_IsReadOrRefused()
    {
        var recipient = RecipientId.NewRandom();
        var packets = new[]
        {
            PacketForge.Sections(
                PacketForge.Heading(MessageKind.ReferralSubmit),
                recipient,
                Now,
                (Category.Services, WireSections.Services()),
                (Category.Identity, WireSections.Identity()),
                (Category.TravelDocs, WireSections.TravelDocs(number: ""))),
            PacketForge.Sections(
                PacketForge.Heading(MessageKind.MovementDetails),
                recipient,
                Now,
                (Category.Movement, WireSections.Movement())),
            PacketForge.Answer(Cancellation.Create(CancelReason.PersonEnded).Value, Now),
        };
        var damaged =
            from packet in Gen.Int[0, packets.Length - 1]
            from part in Gen.Int[0, 4]
            from places in Gen.Double[0, 1].Array[1, 4]
            from values in Gen.Byte.Array[4]
            from isRedigested in Gen.Bool
            select (packet, part, places, values, isRedigested);

        damaged.Sample(
            sample =>
            {
                var good = packets[sample.packet];
                ReadOnlyMemory<byte>[] parts = [.. good.ToParts()];
                var part = Damage(parts[sample.part].ToArray(), sample.places, sample.values);
                parts[sample.part] = part;
                if (sample is { isRedigested: true, part: > 0 })
                {
                    // The digests are the sender's own, so damage behind them must be survived as well.
                    var manifest = good.Manifest.Clone();
                    var digest = Google.Protobuf.ByteString.CopyFrom(Sealing.Digest.Of(part).ToArray());
                    manifest.ExcerptDigest = sample.part == 1 ? digest : manifest.ExcerptDigest;
                    if (manifest.Parts[sample.part].Section is { } section)
                    {
                        section.Digest = digest;
                    }

                    parts[0] = Google.Protobuf.MessageExtensions.ToByteArray(manifest);
                }

                _ = PacketReader.Read(parts, Now).ToString();
            },
            iter: 3000);
    }

    // As much as fits into one part.
    private static byte[] Repeated(byte[] field) =>
        [.. Enumerable.Repeat(field, ((4 << 20) - 64) / field.Length).SelectMany(bytes => bytes)];

    private static byte[] Inside(byte tag, byte[] content)
    {
        using var stream = new MemoryStream();
        using var output = new Google.Protobuf.CodedOutputStream(stream);
        output.WriteRawTag(tag);
        output.WriteLength(content.Length);
        output.Flush();
        return [.. stream.ToArray(), .. content];
    }

    private static byte[] Damage(byte[] bytes, double[] places, byte[] values)
    {
        for (var index = 0; index < places.Length && bytes.Length > 0; index++)
        {
            bytes[(int)(places[index] * (bytes.Length - 1))] = values[index];
        }

        return bytes;
    }
}
