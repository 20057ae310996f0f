using System.Buffers.Binary;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing.Tests;

public sealed class EpochKeyRecordTests
{
    private const uint Day = 20_833; // the day of Fixture.Now
    private const ulong Begin = Day * 86_400UL;

    private static readonly NodeId Node = NodeId.FromBytes(Fixture.Filled(16, 7));

    [Fact]
    public void Parse_WhatIssueMade_SaysTheSame()
    {
        var issued = Issue(Begin, Begin + 86_399);

        var record = EpochKeyRecord.Parse(issued.Record, issued.Signature).Value;

        Assert.Equal(EpochKeyRecord.RecordSizeBytes, issued.Record.Length);
        Assert.Equal(1252, EpochKeyRecord.RecordSizeBytes);
        Assert.Equal(Node, record.Node);
        Assert.Equal(Day, record.Day);
        Assert.Equal(Begin, record.NotBefore);
        Assert.Equal(Begin + 86_399, record.NotAfter);
        Assert.Equal(Fixture.Recipient.Rid, record.Key.Rid);
        Assert.Equal(Begin + 86_399 + (60 * 86_400), record.EnvelopeNotAfterMax);
        Assert.True(record.Verify(Fixture.Sender.Public));
    }

    [Fact]
    public void DayOf_AnyMoment_CountsFrom1970()
    {
        Assert.Equal(Day, EpochKeyRecord.DayOf(Fixture.Now));
        Assert.Equal(0u, EpochKeyRecord.DayOf(DateTimeOffset.UnixEpoch));
        Assert.ThrowsAny<ArgumentException>(() => EpochKeyRecord.DayOf(DateTimeOffset.UnixEpoch.AddSeconds(-1)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(86_399, true)]
    [InlineData(86_400, false)]
    public void IsValidAt_AroundTheDay_KeepsBothEnds(int seconds, bool expected)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds((long)Begin + seconds);

        Assert.Equal(expected, Issue(Begin, Begin + 86_399).IsValidAt(moment));
    }

    [Theory]
    [InlineData(1L, 0L)] // ends before it begins
    [InlineData(0L, 172_801L)] // longer than 48 hours
    [InlineData(86_400L, 86_401L)] // begins after its day
    [InlineData(-10L, -1L)] // ends before its day
    public void Parse_ValidityThatDoesNotFitTheDay_IsRefused(long notBefore, long notAfter)
    {
        var issued = Issue(Begin, Begin);
        BinaryPrimitives.WriteUInt64BigEndian(issued.Record.AsSpan(20), Begin + (ulong)notBefore);
        BinaryPrimitives.WriteUInt64BigEndian(issued.Record.AsSpan(28), Begin + (ulong)notAfter);

        Assert.Equal(
            RefusalCode.EpochKeyInvalid, EpochKeyRecord.Parse(issued.Record, issued.Signature).Refusal.Code);
        Assert.Throws<ArgumentException>(() => Issue(Begin + (ulong)notBefore, Begin + (ulong)notAfter));
    }

    [Fact]
    public void Parse_WrongSizeOrKey_IsRefused()
    {
        var issued = Issue(Begin, Begin);
        var weak = (byte[])issued.Record.Clone();
        weak.AsSpan(36 + 1184).Clear();

        Assert.False(EpochKeyRecord.Parse(issued.Record.AsSpan(1), issued.Signature).IsOk);
        Assert.False(EpochKeyRecord.Parse([.. issued.Record, 0], issued.Signature).IsOk);
        Assert.False(EpochKeyRecord.Parse(issued.Record, issued.Signature.AsSpan(1)).IsOk);
        Assert.Equal(RefusalCode.EpochKeyInvalid, EpochKeyRecord.Parse(weak, issued.Signature).Refusal.Code);
    }

    [Fact]
    public void Verify_ChangedOrOfAnotherKey_IsFalse()
    {
        using var other = SigningKey.Generate();
        var issued = Issue(Begin, Begin + 10);
        var changed = (byte[])issued.Record.Clone();
        changed[0] ^= 1;

        Assert.False(issued.Verify(other.Public));
        Assert.False(EpochKeyRecord.Parse(changed, issued.Signature).Value.Verify(Fixture.Sender.Public));
    }

    private static EpochKeyRecord Issue(ulong notBefore, ulong notAfter) =>
        EpochKeyRecord.Issue(Fixture.Sender, Node, Day, notBefore, notAfter, Fixture.Recipient.Public);
}
