using System.Buffers.Binary;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CsCheck;

namespace CbssReturn.AuditLog.Tests;

public sealed class LogEntryTests
{
    private static readonly Gen<LogEntry> AnyEntry = Gen.Select(
        Gen.Enum<AuditEvent>(),
        Gen.Enum<AuditOutcome>(),
        Gen.Long[0, 4_223_371_679], // minutes from 1970 to the end of 9999
        Gen.Byte[1, 255].Array[64],
        Gen.Long[0, long.MaxValue],
        Gen.Bool).Select(Make);

    public static TheoryData<int> ReservedBytes => [7, .. Enumerable.Range(88, 24)];

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame() => AnyEntry.Sample(entry =>
    {
        var bytes = entry.ToBytes();

        var parsed = LogEntry.Parse(bytes).Value;

        Assert.Equal(entry.Detail is null ? 113 : 149, bytes.Length);
        Assert.Equal(
            (entry.Event, entry.Outcome, entry.At, entry.Tag, entry.Index, entry.Detail),
            (parsed.Event, parsed.Outcome, parsed.At, parsed.Tag, parsed.Index, parsed.Detail));
        Assert.Equal(bytes, parsed.ToBytes());
    });

    [Fact]
    public void Parse_EntryWithOneByteChanged_IsRefusedOrWrittenAgainAlike() =>
        Gen.Select(AnyEntry, Gen.Int[0, 148], Gen.Byte[1, 255]).Sample((entry, offset, change) =>
        {
            var bytes = entry.ToBytes();
            bytes[offset % bytes.Length] ^= change;

            var parsed = LogEntry.Parse(bytes);

            Assert.True(parsed.IsOk
                ? parsed.Value.ToBytes().AsSpan().SequenceEqual(bytes)
                : parsed.Refusal.Code == RefusalCode.EntryMalformed);
        });

    [Fact]
    public void Parse_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes =>
        Assert.Equal(RefusalCode.EntryMalformed, LogEntry.Parse(bytes).Refusal.Code));

    [Fact]
    public void Parse_SizesAround_AreRefused()
    {
        var bytes = SampleEntries.Local().ToBytes();
        for (var size = 0; size <= 300; size++)
        {
            var cut = new byte[size];
            bytes.AsSpan(0, Math.Min(size, bytes.Length)).CopyTo(cut);
            Assert.Equal(size == bytes.Length, LogEntry.Parse(cut).IsOk);
        }
    }

    [Theory]
    [MemberData(nameof(ReservedBytes))]
    public void Parse_ReservedByteNotZero_IsRefused(int offset) => AssertRefused(Packet(), offset, 1);

    [Theory]
    [InlineData(0, 0x63)] // magic
    [InlineData(3, 0x32)]
    [InlineData(4, 1)] // event above 255
    [InlineData(5, 0)] // no such event
    [InlineData(5, 9)]
    [InlineData(6, 0)] // no such outcome
    [InlineData(6, 5)]
    [InlineData(8, 0x80)] // moment out of range
    [InlineData(80, 0x80)] // index above 2^63 - 1
    [InlineData(112, 1)] // trailer
    public void Parse_FieldOutOfRange_IsRefused(int offset, byte value) => AssertRefused(Packet(), offset, value);

    [Theory]
    [InlineData(144, 1)]
    [InlineData(147, 0x71)]
    [InlineData(148, 0)]
    [InlineData(148, 2)]
    public void Parse_TrailerOfADetailWrong_IsRefused(int offset, byte value) =>
        AssertRefused(SampleEntries.Local().ToBytes(), offset, value);

    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(61)]
    public void Parse_MomentNotAtAFullMinute_IsRefused(int seconds)
    {
        var bytes = Packet();
        BinaryPrimitives.WriteInt64BigEndian(
            bytes.AsSpan(8), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)) + seconds);

        Assert.Equal("time", LogEntry.Parse(bytes).Refusal.Field);
    }

    [Theory]
    [InlineData(0UL, true)]
    [InlineData(253_402_300_740UL, true)] // 9999-12-31T23:59
    [InlineData(253_402_300_800UL, false)]
    [InlineData(ulong.MaxValue, false)]
    public void Parse_MomentAtTheEnds_IsReadOrRefused(ulong seconds, bool isRead)
    {
        var bytes = Packet();
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), seconds);

        Assert.Equal(isRead, LogEntry.Parse(bytes).IsOk);
    }

    [Theory]
    [InlineData(AuditEvent.PacketSent)]
    [InlineData(AuditEvent.PacketReceived)]
    [InlineData(AuditEvent.PacketRefused)]
    [InlineData(AuditEvent.ReceiptStored)]
    public void Parse_PacketThatNamesNobody_IsRefused(AuditEvent kind)
    {
        var bytes = SampleEntries.Packet(kind).ToBytes();

        AssertZeroIsRefused(bytes, 16, 16, "peer");
        AssertZeroIsRefused(bytes, 32, 16, "handle");
        AssertZeroIsRefused(bytes, 48, 32, "tag");
    }

    [Theory]
    [InlineData(16, "peer")]
    [InlineData(32, "handle")]
    [InlineData(48, "tag")]
    [InlineData(87, "index")]
    public void Parse_LocalThatNamesSomebody_IsRefused(int offset, string field)
    {
        var bytes = SampleEntries.Local().ToBytes();
        bytes[offset] = 1;

        Assert.Equal(field, LogEntry.Parse(bytes).Refusal.Field);
    }

    [Fact]
    public void Parse_LocalWithoutADetail_IsRefused()
    {
        var bytes = SampleEntries.Erased(0).ToBytes();
        bytes[5] = (byte)AuditEvent.Local;
        bytes.AsSpan(48, 32).Clear();

        Assert.Equal("detail", LogEntry.Parse(bytes).Refusal.Field);
    }

    [Theory]
    [InlineData(AuditEvent.KeyRotated)]
    [InlineData(AuditEvent.DirectoryApplied)]
    public void ToBytes_EventOfTheNodeItself_NamesNobody(AuditEvent kind)
    {
        var entry = new LogEntry { Event = kind, Outcome = AuditOutcome.Done, At = SampleEntries.At };

        Assert.Equal(113, entry.ToBytes().Length);
        Assert.Throws<InvalidOperationException>((entry with { Tag = Digest.Of([]) }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { Index = 1 }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { Peer = new byte[] { 1 } }).ToBytes);
    }

    [Fact]
    public void ToBytes_FieldsThatNoReaderTakes_Throw()
    {
        var entry = SampleEntries.Packet();

        Assert.Throws<InvalidOperationException>((entry with { Event = 0 }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { Outcome = 0 }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { At = entry.At.AddTicks(1) }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { At = entry.At.AddSeconds(1) }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { At = default }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { Peer = new byte[15] }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { Handle = new byte[17] }).ToBytes);
        Assert.Throws<InvalidOperationException>((entry with { Index = -1 }).ToBytes);
        Assert.Throws<InvalidOperationException>((SampleEntries.Local() with { Detail = null }).ToBytes);
    }

    [Fact]
    public void ToBytes_MomentInAnotherZone_IsTheSameMoment() => Assert.Equal(
        SampleEntries.Packet().ToBytes(),
        (SampleEntries.Packet() with { At = SampleEntries.At.ToOffset(TimeSpan.FromHours(7)) }).ToBytes());

    private static LogEntry Make(
        AuditEvent kind, AuditOutcome outcome, long minutes, byte[] ids, long index, bool hasDetail)
    {
        var isPacket = kind is AuditEvent.PacketSent or AuditEvent.PacketReceived or AuditEvent.PacketRefused
            or AuditEvent.ReceiptStored;
        return new LogEntry
        {
            Event = kind,
            Outcome = outcome,
            At = DateTimeOffset.FromUnixTimeSeconds(60 * minutes),
            Peer = isPacket ? ids.AsMemory(0, 16) : default,
            Handle = isPacket ? ids.AsMemory(16, 16) : default,
            Tag = isPacket || kind == AuditEvent.DetailErased ? Digest.FromBytes(ids.AsSpan(32)) : default,
            Index = kind is AuditEvent.ReceiptStored or AuditEvent.DetailErased ? index : 0,
            Detail = hasDetail || kind == AuditEvent.Local ? Digest.Of(ids) : null,
        };
    }

    private static byte[] Packet() => SampleEntries.Packet().ToBytes();

    private static void AssertRefused(byte[] bytes, int offset, byte value)
    {
        Assert.True(LogEntry.Parse(bytes).IsOk);
        bytes[offset] = value;
        Assert.Equal(RefusalCode.EntryMalformed, LogEntry.Parse(bytes).Refusal.Code);
    }

    private static void AssertZeroIsRefused(byte[] bytes, int offset, int size, string field)
    {
        byte[] changed = [.. bytes];
        changed.AsSpan(offset, size).Clear();
        Assert.Equal(field, LogEntry.Parse(changed).Refusal.Field);
    }
}
