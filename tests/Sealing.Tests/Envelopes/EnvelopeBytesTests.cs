using System.Buffers.Binary;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

/// <summary>What travels, changed: every bit, every length, every number.</summary>
public sealed class EnvelopeBytesTests
{
    private const int HeadOffset = 4;
    private const int PartCountOffset = HeadOffset + 1218;
    private const int TableOffset = HeadOffset + 1219;

    [Fact]
    public void Receive_AnySingleBitOfASmallEnvelopeFlipped_IsRefused()
    {
        var wire = Fixture.SmallWire([1, 2, 3]);
        Assert.Null(Fixture.CodeOf(wire, isAnyPartCount: true));

        Parallel.For(0, wire.Length, () => (byte[])wire.Clone(), (at, _, changed) =>
        {
            for (var bit = 0; bit < 8; bit++)
            {
                changed[at] ^= (byte)(1 << bit);
                Assert.True(Fixture.CodeOf(changed, isAnyPartCount: true) is not null, $"byte {at}, bit {bit}");
                changed[at] ^= (byte)(1 << bit);
            }

            return changed;
        }, _ => { });
    }

    [Fact]
    public void Receive_AnyBitOfAnEnvelopeFlipped_IsRefused()
    {
        using var sealedEnvelope = Fixture.Seal(new byte[3000], [2]);
        Gen.Int[0, (sealedEnvelope.Wire.Length * 8) - 1].Sample(
            bit =>
            {
                var changed = (byte[])sealedEnvelope.Wire.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                return Fixture.CodeOf(changed) is not null;
            },
            iter: 500);
    }

    [Fact]
    public void Parse_TruncatedAtAnyLength_IsRefused()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        for (var size = 0; size < sealedEnvelope.Wire.Length; size++)
        {
            Assert.False(Envelope.Parse(sealedEnvelope.Wire.AsMemory(0, size)).IsOk, $"{size} bytes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(2064)]
    public void Parse_TrailingBytes_IsRefused(int more)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        byte[] wire = [.. sealedEnvelope.Wire, .. new byte[more]];

        Assert.Equal(RefusalCode.EnvelopeMalformed, Envelope.Parse(wire).Refusal.Code);
    }

    [Fact]
    public void Parse_LargerThanAllowed_IsRefused() => Assert.Equal(
        RefusalCode.EnvelopeTooLarge, Envelope.Parse(new byte[Envelope.SizeBytesMax + 1]).Refusal.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(255)]
    public void Parse_OtherNumberOfParts_IsRefused(byte count)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        sealedEnvelope.Wire[PartCountOffset] = count;

        Assert.Equal(RefusalCode.EnvelopeMalformed, Envelope.Parse(sealedEnvelope.Wire).Refusal.Code);
    }

    [Fact]
    public void Parse_WellFormedWithNineParts_IsRefused()
    {
        using var sealedEnvelope = EnvelopeSealer.Seal(
            Fixture.Sender, Fixture.Recipient.Public, default, 0, 0, new ReadOnlyMemory<byte>[9], new byte[64]);

        Assert.Equal(RefusalCode.EnvelopeMalformed, Envelope.Parse(sealedEnvelope.Wire).Refusal.Code);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2063u)]
    [InlineData(2065u)]
    [InlineData(1040u)]
    [InlineData(3000u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData((8u * 1024 * 1024) + 16)]
    public void Parse_PartOfASizeThatPaddingCannotGive_IsRefused(uint size)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        BinaryPrimitives.WriteUInt32BigEndian(sealedEnvelope.Wire.AsSpan(TableOffset + 64), size);

        Assert.Equal(RefusalCode.EnvelopeMalformed, Envelope.Parse(sealedEnvelope.Wire).Refusal.Code);
    }

    [Fact]
    public void Parse_PartsLargerThanTheEnvelope_IsRefused()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(
                sealedEnvelope.Wire.AsSpan(TableOffset + (i * 68) + 64), (4 * 1024 * 1024) + 16);
        }

        Assert.Equal(RefusalCode.EnvelopeMalformed, Envelope.Parse(sealedEnvelope.Wire).Refusal.Code);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1762u)]
    [InlineData(1764u)]
    [InlineData(3396u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public void Parse_OtherHeadLength_IsRefused(uint size)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        BinaryPrimitives.WriteUInt32BigEndian(sealedEnvelope.Wire, size);

        Assert.False(Envelope.Parse(sealedEnvelope.Wire).IsOk);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(0x0101)]
    public void Parse_OtherSuite_IsRefused(ushort suite)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        BinaryPrimitives.WriteUInt16BigEndian(sealedEnvelope.Wire.AsSpan(HeadOffset), suite);

        Assert.Equal(RefusalCode.SuiteNotAllowed, Envelope.Parse(sealedEnvelope.Wire).Refusal.Code);
    }

    [Fact]
    public void Parse_EndBeforeBeginning_IsRefused()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        BinaryPrimitives.WriteUInt64BigEndian(sealedEnvelope.Wire.AsSpan(HeadOffset + 90), 1_799_999_999);

        Assert.Equal(RefusalCode.EnvelopeMalformed, Envelope.Parse(sealedEnvelope.Wire).Refusal.Code);
    }

    [Fact]
    public void Parse_AnyBytes_AnswersAndNeverThrows() => Gen.Byte.Array[0, 4000].Sample(
        bytes => !Envelope.Parse(bytes).IsOk, iter: 2000);

    [Theory]
    [InlineData(-601, RefusalCode.EnvelopeFromFuture)]
    [InlineData(-600, null)]
    [InlineData(0, null)]
    [InlineData((3 * 86_400) + 600, null)]
    [InlineData((3 * 86_400) + 601, RefusalCode.EnvelopeExpired)]
    public void CheckWindow_ArrivalAroundTheWindow_AllowsTenMinutes(int seconds, RefusalCode? expected)
    {
        using var sealedEnvelope = Fixture.Seal([1]);

        var result = Envelope.Parse(sealedEnvelope.Wire).Value.CheckWindow(Fixture.Now.AddSeconds(seconds));

        Assert.Equal(expected, result.IsOk ? null : result.Refusal.Code);
    }

    [Theory]
    [InlineData(62 * 86_400UL, null)]
    [InlineData((62 * 86_400UL) + 1, RefusalCode.EnvelopeLifetimeTooLong)]
    [InlineData(ulong.MaxValue - 1_800_000_000UL, RefusalCode.EnvelopeLifetimeTooLong)]
    public void CheckWindow_LongLife_HasALimit(ulong seconds, RefusalCode? expected)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        BinaryPrimitives.WriteUInt64BigEndian(sealedEnvelope.Wire.AsSpan(HeadOffset + 90), 1_800_000_000UL + seconds);

        var result = Envelope.Parse(sealedEnvelope.Wire).Value.CheckWindow(Fixture.Now);

        Assert.Equal(expected, result.IsOk ? null : result.Refusal.Code);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 600)]
    public void CheckWindow_BeyondAllTime_IsFromTheFuture(ulong created)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        BinaryPrimitives.WriteUInt64BigEndian(sealedEnvelope.Wire.AsSpan(HeadOffset + 82), created);
        BinaryPrimitives.WriteUInt64BigEndian(sealedEnvelope.Wire.AsSpan(HeadOffset + 90), ulong.MaxValue);

        var result = Envelope.Parse(sealedEnvelope.Wire).Value.CheckWindow(Fixture.Now);

        Assert.Equal(RefusalCode.EnvelopeFromFuture, result.Refusal.Code);
    }
}
