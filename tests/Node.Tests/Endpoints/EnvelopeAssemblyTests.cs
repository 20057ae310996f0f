using System.Security.Cryptography;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Endpoints;
using CbssReturn.Outcomes;
using CsCheck;
using Google.Protobuf;

namespace CbssReturn.Node.Tests.Endpoints;

public sealed class EnvelopeAssemblyTests
{
    private const int Mebibyte = 1024 * 1024;

    private readonly EnvelopeAssembly _assembly = new();

    [Fact]
    public void Add_AnyCutOfAnyEnvelopes_GivesThemBack() => Gen.Int[1, 5_000].List[1, 5]
        .SelectMany(sizes => Gen.Int[1, 700].Select(frame => (sizes, frame)))
        .Sample(sample =>
        {
            var assembly = new EnvelopeAssembly();
            foreach (var (size, index) in sample.sizes.Select((size, index) => (size, index)))
            {
                var envelope = RandomNumberGenerator.GetBytes(size);
                foreach (var frame in Cut(envelope, (uint)index + 1, sample.frame))
                {
                    Assert.False(assembly.TryTake(out _));
                    Assert.True(assembly.Check(frame).IsOk);
                    assembly.Add(frame);
                }

                Assert.True(assembly.TryTake(out var taken));
                Assert.True(taken.Span.SequenceEqual(envelope));
            }
        });

    [Fact]
    public void Check_LargestEnvelopeInLargestFrames_IsTaken()
    {
        foreach (var frame in Cut(new byte[16 * Mebibyte], 1, Mebibyte))
        {
            Assert.True(_assembly.Check(frame).IsOk);
            _assembly.Add(frame);
        }

        Assert.True(_assembly.TryTake(out var taken));
        Assert.Equal(16 * Mebibyte, taken.Length);
    }

    [Theory]
    [InlineData(0, 10, 5)] // counted from 1
    [InlineData(2, 10, 5)] // without a gap
    [InlineData(1, 10, 0)] // an empty frame
    [InlineData(1, 0, 5)] // no size in the first frame
    [InlineData(1, 4, 5)] // more than was announced
    [InlineData(1, 2 * Mebibyte, Mebibyte + 1)] // a frame too large
    public void Check_FirstFrameAgainstARule_IsRefused(uint number, uint total, int size) =>
        Assert.Equal(RefusalCode.StreamRuleBroken, _assembly.Check(Frame(number, total, size)).Refusal.Code);

    [Theory]
    [InlineData(2, 0, 5)] // another envelope in between
    [InlineData(1, 10, 5)] // the size again
    [InlineData(1, 0, 6)] // more than was announced
    [InlineData(1, 0, 0)] // an empty frame
    public void Check_NextFrameAgainstARule_IsRefused(uint number, uint total, int size)
    {
        _assembly.Add(Frame(1, 10, 5));

        Assert.Equal(RefusalCode.StreamRuleBroken, _assembly.Check(Frame(number, total, size)).Refusal.Code);
    }

    [Fact]
    public void Check_EnvelopeLargerThanAllowed_IsRefusedByItsAnnouncement() => Assert.Equal(
        RefusalCode.EnvelopeTooLarge, _assembly.Check(Frame(1, (16 * Mebibyte) + 1, 5)).Refusal.Code);

    [Fact]
    public void Check_SameNumberAgain_IsRefused()
    {
        _assembly.Add(Frame(1, 5, 5));
        _assembly.TryTake(out _);

        Assert.Equal(RefusalCode.StreamRuleBroken, _assembly.Check(Frame(1, 5, 5)).Refusal.Code);
    }

    private static DeliverRequest Frame(uint number, uint total, int size) => new()
    {
        Number = number,
        TotalBytes = total,
        Data = ByteString.CopyFrom(new byte[size]),
    };

    private static IEnumerable<DeliverRequest> Cut(byte[] envelope, uint number, int frameSize)
    {
        for (var at = 0; at < envelope.Length; at += frameSize)
        {
            yield return new DeliverRequest
            {
                Number = number,
                TotalBytes = at == 0 ? (uint)envelope.Length : 0,
                Data = ByteString.CopyFrom(envelope.AsSpan(at, Math.Min(frameSize, envelope.Length - at))),
            };
        }
    }
}
