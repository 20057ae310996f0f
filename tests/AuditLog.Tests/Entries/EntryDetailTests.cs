using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CsCheck;

namespace CbssReturn.AuditLog.Tests;

public sealed class EntryDetailTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, EntryDetail.NonceSizeBytes).Select(i => (byte)i)];

    [Fact]
    public void Open_WhatWasEncoded_IsTheSame() =>
        Gen.Select(Gen.UInt, Gen.Byte.Array[0, 1500]).Sample((kind, content) =>
        {
            var bytes = EntryDetail.Encode(Nonce, kind, content);

            var detail = EntryDetail.Open(bytes, Digest.Of(bytes)).Value;

            Assert.Equal(0, bytes.Length % 512);
            Assert.Equal(kind, detail.Kind);
            Assert.Equal(content, detail.Content.ToArray());
        });

    [Theory]
    [InlineData(0, 512)]
    [InlineData(455, 512)]
    [InlineData(456, 1024)]
    [InlineData(32_711, 32_768)]
    public void Encode_ContentOfASize_IsPaddedToBlocks(int content, int padded) =>
        Assert.Equal(padded, EntryDetail.Encode(Nonce, 1, new byte[content]).Length);

    [Fact]
    public void Encode_ContentTooLarge_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryDetail.Encode(Nonce, 1, new byte[32_712]));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Encode_NonceOfAnotherSize_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryDetail.Encode(new byte[size], 1, []));

    [Fact]
    public void Open_AnyByteChanged_IsRefused()
    {
        var bytes = EntryDetail.Encode(Nonce, 7, [1, 2, 3]);
        var commitment = Digest.Of(bytes);
        for (var offset = 0; offset < bytes.Length; offset++)
        {
            bytes[offset] ^= 1;
            Assert.Equal(RefusalCode.DetailWrong, EntryDetail.Open(bytes, commitment).Refusal.Code);
            bytes[offset] ^= 1;
        }

        Assert.True(EntryDetail.Open(bytes, commitment).IsOk);
    }

    [Theory]
    [InlineData(0, 0x43)] // another prefix
    [InlineData(53, 1)] // length beyond the end
    [InlineData(56, 2)] // length too short: content in the padding
    [InlineData(511, 1)] // padding not zero
    public void Open_RightDigestAndWrongForm_IsRefused(int offset, byte value)
    {
        var bytes = EntryDetail.Encode(Nonce, 7, [1, 2, 3]);
        bytes[offset] = value;

        Assert.Equal(RefusalCode.DetailWrong, EntryDetail.Open(bytes, Digest.Of(bytes)).Refusal.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(511)]
    [InlineData(513)]
    [InlineData(1024)]
    [InlineData(33_280)]
    public void Open_RightDigestAndAnotherSize_IsRefused(int size)
    {
        var bytes = new byte[size];
        var whole = EntryDetail.Encode(Nonce, 7, []);
        whole.AsSpan(0, Math.Min(size, whole.Length)).CopyTo(bytes);

        Assert.Equal(RefusalCode.DetailWrong, EntryDetail.Open(bytes, Digest.Of(bytes)).Refusal.Code);
    }
}
