using CbssReturn.Outcomes;

namespace CbssReturn.Sealing.Tests;

public sealed class ReceiptTests
{
    private static readonly PacketId Packet = PacketId.FromBytes(Fixture.Filled(16, 5));
    private static readonly Digest Hash = Digest.FromBytes(Fixture.Filled(32, 6));

    [Theory]
    [InlineData(ReceiptOutcome.Stored)]
    [InlineData(ReceiptOutcome.Refused)]
    [InlineData(ReceiptOutcome.Conflict)]
    public void Parse_WhatIssueMade_SaysTheSame(ReceiptOutcome outcome)
    {
        var issued = Receipt.Issue(Fixture.Sender, Packet, Hash, outcome, Fixture.Now);

        var receipt = Receipt.Parse(issued.Record, issued.Signature).Value;

        Assert.Equal(Receipt.RecordSizeBytes, issued.Record.Length);
        Assert.Equal(Packet, receipt.PacketId);
        Assert.Equal(Hash, receipt.EnvelopeHash);
        Assert.Equal(outcome, receipt.Outcome);
        Assert.Equal(1_800_000_000UL, receipt.ReceivedAt);
        Assert.Equal(Fixture.Sender.Kid, receipt.ReceiverKid);
        Assert.Equal(issued.Record, receipt.Record);
        Assert.Equal(issued.Signature, receipt.Signature);
        Assert.True(receipt.Verify(Fixture.Sender.Public));
    }

    [Fact]
    public void Issue_Laid_IsInTheWrittenOrder()
    {
        var record = Receipt.Issue(Fixture.Sender, Packet, Hash, ReceiptOutcome.Conflict, Fixture.Now).Record;

        byte[] expected =
        [
            .. Packet.ToArray(), .. Hash.ToArray(), 3, 0, 0, 0, 0, 0x6B, 0x49, 0xD2, 0, .. Fixture.Sender.Kid.ToArray(),
        ];
        Assert.Equal(expected, record);
    }

    [Fact]
    public void Verify_AnyBitOfTheRecordFlipped_IsFalseOrUnreadable()
    {
        var issued = Receipt.Issue(Fixture.Sender, Packet, Hash, ReceiptOutcome.Stored, Fixture.Now);
        for (var bit = 0; bit < Receipt.RecordSizeBytes * 8; bit++)
        {
            var changed = (byte[])issued.Record.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(Receipt.Parse(changed, issued.Signature).TryGet(out var receipt, out _)
                && receipt.Verify(Fixture.Sender.Public));
        }
    }

    [Fact]
    public void Verify_OtherKey_IsFalse()
    {
        using var other = SigningKey.Generate();
        var receipt = Receipt.Issue(Fixture.Sender, Packet, Hash, ReceiptOutcome.Stored, Fixture.Now);

        Assert.False(receipt.Verify(other.Public));
    }

    [Theory]
    [InlineData(0, 64, 1)]
    [InlineData(88, 64, 1)]
    [InlineData(90, 64, 1)]
    [InlineData(89, 63, 1)]
    [InlineData(89, 65, 1)]
    [InlineData(89, 64, 0)]
    [InlineData(89, 64, 4)]
    [InlineData(89, 64, 255)]
    public void Parse_WrongSizeOrOutcome_IsRefused(int recordSize, int signatureSize, byte outcome)
    {
        var record = new byte[recordSize];
        if (recordSize > 48)
        {
            record[48] = outcome;
        }

        Assert.Equal(RefusalCode.ReceiptMalformed, Receipt.Parse(record, new byte[signatureSize]).Refusal.Code);
    }

    [Fact]
    public void Issue_NoOutcomeOrBefore1970_Throws()
    {
        Assert.ThrowsAny<ArgumentException>(() =>
            Receipt.Issue(Fixture.Sender, Packet, Hash, ReceiptOutcome.Unspecified, Fixture.Now));
        Assert.ThrowsAny<ArgumentException>(() =>
            Receipt.Issue(Fixture.Sender, Packet, Hash, (ReceiptOutcome)4, Fixture.Now));
        Assert.ThrowsAny<ArgumentException>(() => Receipt.Issue(
            Fixture.Sender, Packet, Hash, ReceiptOutcome.Stored, DateTimeOffset.UnixEpoch.AddTicks(-1)));
    }
}
