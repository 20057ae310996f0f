using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

public sealed class EnvelopeTests
{
    [Fact]
    public void Open_AnyParts_GivesThemBack() => Gen.Byte.Array[0, 5000].Array[1, 9].Sample(
        parts =>
        {
            using var sealedEnvelope = Fixture.Seal(parts);
            using var opened = Fixture.Receive(sealedEnvelope.Wire).Value;
            var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;

            Assert.Equal(parts.Length <= 8 ? 8 : 16, opened.Parts.Count);
            for (var i = 0; i < opened.Parts.Count; i++)
            {
                var expected = i < parts.Length ? parts[i] : [];
                Assert.Equal(expected, opened.Parts[i].ToArray());
                Assert.Equal(sealedEnvelope.Secrets[i].ToArray(), opened.Secrets[i].ToArray());
                Assert.Equal(expected, EnvelopeOpener.OpenPart(envelope, i, opened.Secrets[i]).Value);
            }

            Assert.Equal(sealedEnvelope.TransferTag, opened.TransferTag);
            Assert.Equal(sealedEnvelope.Hash, envelope.Hash);
            Assert.Equal(sealedEnvelope.Id, envelope.Head.PacketId);
        },
        iter: 100);

    [Fact]
    public void Parse_WhatSealMakes_NamesAllThatAnOutsiderSees()
    {
        using var sealedEnvelope = Fixture.Seal([1, 2, 3]);

        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;

        Assert.Equal(Suite.One, envelope.Head.Suite);
        Assert.Equal(Fixture.Sender.Kid, envelope.Head.SenderKid);
        Assert.Equal(Fixture.Recipient.Rid, envelope.Head.RecipientRid);
        Assert.Equal(1_800_000_000UL, envelope.Head.CreatedAt);
        Assert.Equal(1_800_000_000UL + (3 * 86_400), envelope.Head.NotAfter);
        Assert.Equal(1120, envelope.Head.Encapsulated.Length);
        Assert.Equal(TranscriptHash.Compute("head", envelope.HeadBytes), envelope.Hash);
        Assert.All(envelope.Head.Parts, part => Assert.Equal(2048 + 16, part.CiphertextSizeBytes));
        Assert.Equal(4 + 1219 + (8 * 68) + 64 + (8 * 2064), sealedEnvelope.Wire.Length);
    }

    [Fact]
    public void Seal_Twice_SharesNothing()
    {
        using var first = Fixture.Seal([1]);
        using var second = Fixture.Seal([1]);

        Assert.NotEqual(first.Secrets[0].ToArray(), second.Secrets[0].ToArray());
        Assert.NotEqual(first.TransferTag, second.TransferTag);
        Assert.NotEqual(
            Envelope.Parse(first.Wire).Value.PartCiphertext(0).ToArray(),
            Envelope.Parse(second.Wire).Value.PartCiphertext(0).ToArray());
    }

    [Fact]
    public void Seal_TwoDummies_LookUnlike()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;

        Assert.NotEqual(envelope.PartCiphertext(6).ToArray(), envelope.PartCiphertext(7).ToArray());
        Assert.NotEqual(envelope.Head.Parts[6].Commitment, envelope.Head.Parts[7].Commitment);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(33)]
    public void Seal_OtherNumberOfParts_Throws(int count) => Assert.ThrowsAny<ArgumentException>(() =>
        EnvelopeSealer.Seal(
            Fixture.Sender,
            Fixture.Recipient.Public,
            PacketId.NewRandom(),
            Fixture.Now,
            Fixture.Now,
            new ReadOnlyMemory<byte>[count]));

    [Fact]
    public void Seal_LargerThanAllowed_Throws()
    {
        var part = new byte[Envelope.PartDataSizeBytesMax];

        Assert.ThrowsAny<ArgumentException>(() => Fixture.Seal(new byte[Envelope.PartDataSizeBytesMax + 1]));
        Assert.ThrowsAny<ArgumentException>(() => Fixture.Seal(part, part, part, part));
    }

    [Fact]
    public void Seal_AsLargeAsAllowed_Opens()
    {
        byte[] part = RandomNumberGenerator.GetBytes(Envelope.PartDataSizeBytesMax);
        using var sealedEnvelope = Fixture.Seal(part, part, part);

        using var opened = Fixture.Receive(sealedEnvelope.Wire).Value;

        Assert.True(opened.Parts[2].Span.SequenceEqual(part));
    }

    [Fact]
    public void Seal_LongerThanAllowedOrBackwards_Throws()
    {
        Assert.ThrowsAny<ArgumentException>(() => SealUntil(Fixture.Now.AddDays(62).AddSeconds(1)));
        Assert.ThrowsAny<ArgumentException>(() => SealUntil(Fixture.Now.AddSeconds(-1)));
        SealUntil(Fixture.Now.AddDays(62)).Dispose();
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(32, 32)]
    public void PartCountFor_AnyUse_IsTheNextOfThree(int used, int expected) =>
        Assert.Equal(expected, EnvelopeSealer.PartCountFor(used));

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void PartCountFor_Outside_Throws(int used) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EnvelopeSealer.PartCountFor(used));

    [Fact]
    public void Open_SignatureNotVerified_Throws()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;

        Assert.Throws<InvalidOperationException>(() => EnvelopeOpener.Open(envelope, Fixture.Recipient));
    }

    [Fact]
    public void Open_OtherRecipient_IsKeyGone()
    {
        using var other = KemPrivateKey.Generate();
        using var sealedEnvelope = Fixture.Seal([1]);
        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;
        Assert.True(envelope.VerifySignature(Fixture.Sender.Public).IsOk);

        Assert.Equal(RefusalCode.RecipientKeyGone, EnvelopeOpener.Open(envelope, other).Refusal.Code);
    }

    [Fact]
    public void VerifySignature_OtherSender_IsRefused()
    {
        using var other = SigningKey.Generate();
        using var sealedEnvelope = Fixture.Seal([1]);
        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;

        Assert.Equal(RefusalCode.SignatureWrong, envelope.VerifySignature(other.Public).Refusal.Code);
        Assert.False(envelope.IsSignatureVerified);
    }

    [Fact]
    public void Open_HeadSignedByAnotherSender_IsRefused()
    {
        // Somebody takes an envelope, puts his own kid in the head and signs it: the parts are bound to the first kid.
        using var thief = SigningKey.Generate();
        using var sealedEnvelope = Fixture.Seal([1]);
        var wire = sealedEnvelope.Wire;
        thief.Kid.CopyTo(wire.AsSpan(4 + 18));
        SigningRule.Sign(thief, Suite.One, "head", wire.AsMemory(4, 1763)).CopyTo(wire, 4 + 1763);
        var envelope = Envelope.Parse(wire).Value;

        Assert.True(envelope.VerifySignature(thief.Public).IsOk);
        Assert.Equal(
            RefusalCode.EnvelopeNotOpened, EnvelopeOpener.Open(envelope, Fixture.Recipient).Refusal.Code);
    }

    [Fact]
    public void OpenPart_WrongSecret_IsRefused()
    {
        using var sealedEnvelope = Fixture.Seal([1], [2]);
        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;

        Assert.Equal(
            RefusalCode.EnvelopeNotOpened,
            EnvelopeOpener.OpenPart(envelope, 0, sealedEnvelope.Secrets[1]).Refusal.Code);
        Assert.Equal(
            RefusalCode.EnvelopeNotOpened, EnvelopeOpener.OpenPart(envelope, 0, new byte[31]).Refusal.Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => EnvelopeOpener.OpenPart(envelope, 8, new byte[32]));
    }

    [Fact]
    public void PartSecrets_Stored_ComeBackAndKnowWhatIsErased()
    {
        using var sealedEnvelope = Fixture.Seal([1], [2]);

        using var stored = PartSecrets.FromBytes([sealedEnvelope.Secrets[0].ToArray(), ReadOnlyMemory<byte>.Empty]);

        Assert.Equal(2, stored.Count);
        Assert.Equal(sealedEnvelope.Secrets[0].ToArray(), stored[0].ToArray());
        Assert.True(stored.IsErased(1));
        Assert.Throws<InvalidOperationException>(() => stored[1].ToArray());
        Assert.Throws<ArgumentException>(() => PartSecrets.FromBytes([]));
        Assert.Throws<ArgumentException>(() => PartSecrets.FromBytes([new byte[31]]));
        Assert.Throws<ArgumentException>(() => PartSecrets.FromBytes(new ReadOnlyMemory<byte>[33]));
    }

    private static SealedEnvelope SealUntil(DateTimeOffset notAfter) => EnvelopeSealer.Seal(
        Fixture.Sender,
        Fixture.Recipient.Public,
        PacketId.NewRandom(),
        Fixture.Now,
        notAfter,
        new ReadOnlyMemory<byte>[8]);
}
