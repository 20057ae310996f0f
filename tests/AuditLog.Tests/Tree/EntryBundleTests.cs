using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.AuditLog.Tests;

public sealed class EntryBundleTests
{
    [Fact]
    public void Encode_SomeEntries_PutsALengthBeforeEach() => Assert.Equal(
        [0, 2, 0xAA, 0xBB, 0, 0, 0, 1, 0xCC],
        EntryBundle.Encode([new byte[] { 0xAA, 0xBB }, ReadOnlyMemory<byte>.Empty, new byte[] { 0xCC }]));

    [Fact]
    public void Parse_WhatWasEncoded_IsTheSame() => Gen.Byte.Array[0, 300].List[1, 256].Sample(entries =>
    {
        var bundle = EntryBundle.Encode([.. entries.Select(entry => entry.AsMemory())]);

        var parsed = EntryBundle.Parse(bundle, entries.Count).Value;

        Assert.Equal(entries, parsed.Select(entry => entry.ToArray()));
    });

    [Fact]
    public void Parse_AnyBytes_AreRefusedOrEncodedAgainAlike() =>
        Gen.Select(Gen.Byte[0, 3].Array[0, 40], Gen.Int[1, 6]).Sample((bytes, width) =>
        {
            var parsed = EntryBundle.Parse(bytes, width);

            Assert.True(parsed.IsOk
                ? EntryBundle.Encode(parsed.Value).AsSpan().SequenceEqual(bytes)
                : parsed.Refusal.Code == RefusalCode.TileMalformed);
        });

    [Theory]
    [InlineData("", 1)]
    [InlineData("00", 1)]
    [InlineData("0001", 1)]
    [InlineData("000100", 2)]
    [InlineData("00010000", 1)]
    [InlineData("000100000100", 1)]
    [InlineData("0000", 2)]
    [InlineData("ffff", 1)]
    public void Parse_EndsEarlyOrLate_IsRefused(string hex, int width) => Assert.Equal(
        RefusalCode.TileMalformed, EntryBundle.Parse(Convert.FromHexString(hex), width).Refusal.Code);

    [Fact]
    public void Encode_LargestEntry_FitsAndOneMoreByteDoesNot()
    {
        var bundle = EntryBundle.Encode([new byte[EntryBundle.EntrySizeBytesMax]]);

        Assert.Equal(EntryBundle.EntrySizeBytesMax, EntryBundle.Parse(bundle, 1).Value[0].Length);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EntryBundle.Encode([new byte[EntryBundle.EntrySizeBytesMax + 1]]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void EncodeAndParse_NoWidthOfABundle_Throw(int width)
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EntryBundle.Encode([.. Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, width)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryBundle.Parse(new byte[2 * width], width));
    }
}
