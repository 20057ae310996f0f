using System.Buffers.Binary;
using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Mapping;
using CbssReturn.Sealing;
using CsCheck;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Tests.Records;

/// <summary>What lies sealed in the store is read again as it was written.</summary>
public sealed class CodecTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 7, TimeSpan.Zero);

    [Fact]
    public void CaseFile_WithVersionsOfSections_IsReadAgain()
    {
        var file = new CaseFile { Alias = CaseAlias.NewRandom(), StoppedPossibleMinor = true }
            .With(Category.Services, new byte[] { 1 }, Now)
            .With(Category.Risk, new byte[] { 2 }, Now)
            .With(Category.Services, new byte[] { 3, 4 }, Now);

        var decoded = CaseFileCodec.Decode(CaseFileCodec.Encode(file));

        Assert.Equal((file.Alias, true, 2), (decoded.Alias, decoded.StoppedPossibleMinor, decoded.Sections.Count));
        var services = decoded.Find(Category.Services)!;
        Assert.Equal((2U, Now), (services.Version, services.RecordedAt));
        Assert.Equal([3, 4], services.Content.ToArray());
        Assert.Equal(1U, decoded.Find(Category.Risk)!.Version);
    }

    [Fact]
    public void Consent_AnyOne_IsReadAgain() => ControlGens.Consent.Sample(
        consent => ConsentCodec.Decode(ConsentCodec.Encode(consent), Gens.Now) == consent);

    [Fact]
    public void OutboxFile_AnyOne_IsReadAgain() => Gen.Byte.Array[32].List[8, 32].Sample(secrets =>
    {
        var file = new OutboxFile(
            NodeId.NewRandom(),
            [.. secrets.Select(secret => new ReadOnlyMemory<byte>(secret))],
            RandomNumberGenerator.GetBytes(16),
            new PacketTrail(
                RandomNumberGenerator.GetBytes(16),
                RandomNumberGenerator.GetBytes(16),
                Digest.FromBytes(RandomNumberGenerator.GetBytes(32))));

        var decoded = OutboxFileCodec.Decode(OutboxFileCodec.Encode(file));

        Assert.Equal(file.Peer, decoded.Peer);
        Assert.True(decoded.ReferralId.Span.SequenceEqual(file.ReferralId.Span));
        Assert.True(decoded.Trail.Peer.Span.SequenceEqual(file.Trail.Peer.Span));
        Assert.True(decoded.Trail.Handle.Span.SequenceEqual(file.Trail.Handle.Span));
        Assert.Equal(file.Trail.Tag, decoded.Trail.Tag);
        Assert.Equal(secrets, decoded.Secrets.Select(secret => secret.ToArray()));
        var again = OutboxFileCodec.DecodeSecrets(OutboxFileCodec.EncodeSecrets(file.Secrets));
        Assert.Equal(secrets, again.Select(secret => secret.ToArray()));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void AuditDetail_AnySize_IsPaddedAndFreshEachTime(int categoryCount)
    {
        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.SectionOpened,
            At = Now,
            UserId = new byte[16],
            Role = 3,
            Categories = [.. Enumerable.Range(1, categoryCount).Select(number => (Category)number)],
            PacketId = new byte[16],
            ReasonCode = 3104,
        };

        var (first, second) = (detail.ToBytes(), detail.ToBytes());

        Assert.Equal(0, first.Length % EntryDetail.PaddingSizeBytes);
        Assert.NotEqual(Digest.Of(first), Digest.Of(second));
        Assert.Equal("cbss/addendum/v1\n", System.Text.Encoding.ASCII.GetString(first, 0, 17));
        Assert.Equal((uint)AuditDetailKind.SectionOpened, BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(49)));
        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(53));
        var wire = Wire.AuditDetail.Parser.ParseFrom(first, 57, size);
        Assert.Equal((3U, 3104U, categoryCount), (wire.Role, wire.ReasonCode, wire.Categories.Count));
        Assert.DoesNotContain(first.AsSpan(57 + size).ToArray(), value => value != 0);
    }
}
