using CsCheck;

namespace CbssReturn.Sealing.Tests;

public sealed class PaddingTests
{
    [Theory]
    [InlineData(0, 2048)]
    [InlineData(2044, 2048)]
    [InlineData(2045, 4096)]
    [InlineData(4092, 4096)]
    [InlineData(4093, 8192)]
    [InlineData((4 * 1024 * 1024) - 4, 4 * 1024 * 1024)]
    public void GetPaddedSize_AnySize_IsTheNextPowerOfTwo(int size, int padded) =>
        Assert.Equal(padded, Padding.GetPaddedSize(size));

    [Theory]
    [InlineData(-1)]
    [InlineData((4 * 1024 * 1024) - 3)]
    [InlineData(int.MaxValue)]
    public void GetPaddedSize_Outside_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Padding.GetPaddedSize(size));

    [Fact]
    public void TryRead_WhatWriteMakes_GivesTheDataBack() => Gen.Byte.Array[0, 10_000].Sample(
        data =>
        {
            var padded = new byte[Padding.GetPaddedSize(data.Length)];
            padded.AsSpan().Fill(0xEE);
            Padding.Write(data, padded);

            Assert.True(Padding.TryRead(padded, out var size));
            Assert.Equal(data, padded.AsSpan(4, size).ToArray());
        },
        iter: 200);

    [Fact]
    public void TryRead_PaddingByteNotZero_IsFalse()
    {
        for (var at = 4 + 10; at < 2048; at++)
        {
            var padded = new byte[2048];
            Padding.Write(new byte[10], padded);
            padded[at] = 1;

            Assert.False(Padding.TryRead(padded, out _));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2047, 0)]
    [InlineData(2049, 0)]
    [InlineData(1024, 0)]
    [InlineData(4096, 0)] // too large for its length
    [InlineData(4096, 2044)]
    [InlineData(2048, 2045)]
    [InlineData(2048, 0x7FFFFFFF)]
    [InlineData(2048, -1)]
    public void TryRead_SizeThatDoesNotFitTheLength_IsFalse(int paddedSize, int claimed)
    {
        var padded = new byte[paddedSize];
        if (paddedSize >= 4)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(padded, claimed);
        }

        Assert.False(Padding.TryRead(padded, out _));
    }
}
