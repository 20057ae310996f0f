using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Tests.Records;

/// <summary>A detail is read back whole, and what is not one is refused: it may come from another node.</summary>
public sealed class AuditDetailTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 1, TimeSpan.Zero);

    public static TheoryData<string, Wire.AuditDetail> OutOfForm => new()
    {
        { "user", new Wire.AuditDetail { UserId = Bytes(15) } },
        { "packet", new Wire.AuditDetail { PacketId = Bytes(17) } },
        { "consent", new Wire.AuditDetail { ConsentId = Bytes(1) } },
        { "referral", new Wire.AuditDetail { ReferralId = Bytes(32) } },
        { "case", new Wire.AuditDetail { CaseId = Bytes(15) } },
        { "subject", new Wire.AuditDetail { SubjectUserId = Bytes(15) } },
        { "peer", new Wire.AuditDetail { Peer = Bytes(32) } },
        { "excerpt", new Wire.AuditDetail { ExcerptDigest = Bytes(16) } },
        { "role", new Wire.AuditDetail { Role = 256 } },
        { "subject role", new Wire.AuditDetail { SubjectRole = 256 } },
        { "reason", new Wire.AuditDetail { ReasonCode = uint.MaxValue } },
        { "count", new Wire.AuditDetail { Count = uint.MaxValue } },
        { "entry", new Wire.AuditDetail { EntryNumber = ulong.MaxValue } },
        { "moment", new Wire.AuditDetail { At = ulong.MaxValue } },
        { "purpose", new Wire.AuditDetail { Purpose = (Contracts.Packet.V1.Purpose)99 } },
        { "category", new Wire.AuditDetail { Categories = { (Contracts.Packet.V1.Category)99 } } },
    };

    [Fact]
    public void Parse_WhatWasWritten_GivesEveryFieldBack()
    {
        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.SectionOpened,
            At = Now,
            UserId = RandomNumberGenerator.GetBytes(16),
            Role = 3,
            Purpose = Purpose.Reintegration,
            Categories = [Category.Services, Category.Risk],
            PacketId = RandomNumberGenerator.GetBytes(16),
            ConsentId = RandomNumberGenerator.GetBytes(16),
            ConsentVersion = 4,
            ExcerptDigest = RandomNumberGenerator.GetBytes(32),
            ReasonCode = 3104,
            ReferralId = RandomNumberGenerator.GetBytes(16),
            CaseId = RandomNumberGenerator.GetBytes(16),
            SubjectUserId = RandomNumberGenerator.GetBytes(16),
            SubjectRole = 5,
            Peer = RandomNumberGenerator.GetBytes(16),
            DirectoryVersion = ulong.MaxValue,
            EntryIndex = 0,
            Count = 7,
        };
        var bytes = detail.ToBytes();

        var read = AuditDetail.Parse(bytes, Digest.Of(bytes)).Value;

        // No property is left out: each is compared by its text.
        Assert.All(typeof(AuditDetail).GetProperties(), property =>
        {
            Assert.Equal(TextOf(property.GetValue(detail)), TextOf(property.GetValue(read)));
            Assert.NotEqual(TextOf(property.GetValue(Empty)), TextOf(property.GetValue(read)));
        });
    }

    [Fact]
    public void Parse_EveryKind_IsRead() => Assert.All(
        Enum.GetValues<AuditDetailKind>().Where(kind => kind is not AuditDetailKind.Unspecified),
        kind => Assert.Equal(kind, Read((uint)kind, new Wire.AuditDetail()).Value.Kind));

    [Theory]
    [InlineData(0U)]
    [InlineData(1000U)]
    [InlineData(uint.MaxValue)]
    public void Parse_UnknownKind_IsRefused(uint kind) =>
        Assert.Equal(RefusalCode.DetailWrong, Read(kind, new Wire.AuditDetail()).Refusal.Code);

    [Theory]
    [MemberData(nameof(OutOfForm))]
    public void Parse_ContentOutOfForm_IsRefused(string what, Wire.AuditDetail wire)
    {
        Assert.NotEmpty(what);
        Assert.Equal(RefusalCode.DetailWrong, Read(1, wire).Refusal.Code);
    }

    [Fact]
    public void Parse_UnknownField_IsRefused()
    {
        byte[] content = [.. new Wire.AuditDetail { At = 1 }.ToByteArray(), 0xF8, 0x7F, 1];
        var bytes = EntryDetail.Encode(new byte[32], 1, content);

        Assert.Equal(RefusalCode.DetailWrong, AuditDetail.Parse(bytes, Digest.Of(bytes)).Refusal.Code);
    }

    [Fact]
    public void Parse_AnyByteChanged_IsRefused()
    {
        var bytes = Empty.ToBytes();
        var commitment = Digest.Of(bytes);
        for (var index = 0; index < bytes.Length; index++)
        {
            byte[] changed = [.. bytes];
            changed[index] ^= 1;

            Assert.Equal(RefusalCode.DetailWrong, AuditDetail.Parse(changed, commitment).Refusal.Code);
        }
    }

    private static AuditDetail Empty => new() { Kind = AuditDetailKind.NodeStarted, At = DateTimeOffset.UnixEpoch };

    private static Result<AuditDetail> Read(uint kind, Wire.AuditDetail wire)
    {
        var bytes = EntryDetail.Encode(new byte[32], kind, wire.ToByteArray());
        return AuditDetail.Parse(bytes, Digest.Of(bytes));
    }

    private static ByteString Bytes(int count) => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(count));

    private static string TextOf(object? value) => value switch
    {
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IReadOnlyList<Category> categories => string.Join(',', categories),
        null => "none",
        _ => value.ToString()!,
    };
}
