using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

/// <summary>The rules that came out of vectors and attacks, on whole envelopes (docs/spec/referral-packet.md, section
/// 12). Rule 6 is in <see cref="StrictTextTests"/>; rule 5 is the store's.</summary>
public sealed class EnvelopeRuleTests
{
    private const int EncapsulatedOffset = 4 + 98;
    private const int X25519ShareOffset = EncapsulatedOffset + 1088;
    private const int TableOffset = 4 + 1219;
    private const int BodyOffset = TableOffset + (8 * 68) + 64;

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    public void Rule1_LowOrderShareInASignedEnvelope_IsRefused(string share)
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        Convert.FromHexString(share).CopyTo(sealedEnvelope.Wire, X25519ShareOffset);
        Fixture.Resign(sealedEnvelope.Wire);

        Assert.Equal(RefusalCode.EnvelopeNotOpened, Fixture.CodeOf(sealedEnvelope.Wire));
    }

    [Fact]
    public void Rule2_SignatureWithRNotOfPrimeOrder_IsRefused()
    {
        // EdgeSignatureTests forges them; here R is the neutral point, with any s.
        using var sealedEnvelope = Fixture.Seal([1]);
        var signature = sealedEnvelope.Wire.AsSpan(BodyOffset - 64, 64);
        signature.Clear();
        signature[0] = 1;

        Assert.Equal(RefusalCode.SignatureWrong, Fixture.CodeOf(sealedEnvelope.Wire));
    }

    [Fact]
    public void Rule3_WrongKemCiphertextOfRightSize_SurfacesAtTheCommitment()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        sealedEnvelope.Wire[EncapsulatedOffset + 100] ^= 1;
        Fixture.Resign(sealedEnvelope.Wire);

        var refusal = Fixture.Receive(sealedEnvelope.Wire).Refusal;

        Assert.Equal(RefusalCode.EnvelopeNotOpened, refusal.Code);
        Assert.Contains("commitment", refusal.LocalDetail, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule4_CommitmentOfAnotherSecret_IsRefusedThoughTheCipherWouldOpen()
    {
        // A sender who commits to something else: ciphertext and associated data are made to fit, only the commitment
        // does not come from the part's secret.
        using var sealedEnvelope = Fixture.Seal([1]);
        var wire = sealedEnvelope.Wire;
        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        CommittingKey.Derive(sealedEnvelope.Secrets[0], EnvelopeBinding.PartKeyLabel, derived);
        var lie = RandomNumberGenerator.GetBytes(32);
        var associated = new byte[32];
        EnvelopeBinding.Of(Envelope.Parse(wire).Value.Head).WriteAssociated(0, lie, associated);
        var padded = new byte[2048];
        Padding.Write([1], padded);
        CommittingKey.Seal(derived, associated, padded, wire.AsSpan(BodyOffset, 2064));
        lie.CopyTo(wire, TableOffset);
        SHA256.HashData(wire.AsSpan(BodyOffset, 2064), wire.AsSpan(TableOffset + 32, 32));
        Fixture.Resign(wire);

        Assert.True(ChaChaPoly.TryOpen(
            derived[..32], new byte[12], associated, wire.AsSpan(BodyOffset, 2064), padded));
        Assert.Equal(RefusalCode.EnvelopeNotOpened, Fixture.CodeOf(wire));
    }

    [Fact]
    public void Rule7_WarmUp_RunsEverythingAndProvesIt() => SealingWarmUp.Run();

    [Fact]
    public void Rule8_DisposedKeys_AreZeroedAndUnusable()
    {
        var signing = SigningKey.Generate();
        var kem = KemPrivateKey.Generate();
        var secrets = Secrets.Collect(signing).Concat(Secrets.Collect(kem)).ToList();
        Assert.Equal(6, secrets.Count); // seed, expanded; seed, X25519, ML-KEM seed, ML-KEM expanded
        Assert.DoesNotContain(secrets, Secrets.IsZero);

        signing.Dispose();
        kem.Dispose();

        Assert.All(secrets, secret => Assert.True(Secrets.IsZero(secret)));
        Assert.Throws<ObjectDisposedException>(() => SigningRule.Sign(signing, Suite.One, "receipt"));
        Assert.Throws<ObjectDisposedException>(() => kem.CopySeedTo(new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => kem.TryDecapsulate(new byte[1120], new byte[32]));
    }

    [Fact]
    public void Rule8_DisposedEnvelopes_AreZeroed()
    {
        var sealedEnvelope = Fixture.Seal([1, 2, 3]);
        var opened = Fixture.Receive(sealedEnvelope.Wire).Value;
        var plaintext = opened.Parts[0];

        opened.Dispose();
        sealedEnvelope.Dispose();

        Assert.Equal(new byte[3], plaintext.ToArray());
        Assert.Throws<ObjectDisposedException>(() => opened.Secrets[0].ToArray());
        Assert.Throws<ObjectDisposedException>(() => sealedEnvelope.Secrets[0].ToArray());
    }

    [Fact]
    public void Rule8_Secrets_HaveNoText()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        using var opened = Fixture.Receive(sealedEnvelope.Wire).Value;
        object[] all = [Fixture.Sender, Fixture.Recipient, sealedEnvelope, sealedEnvelope.Secrets, opened];

        Assert.All(all, secret => Assert.Equal(secret.GetType().ToString(), secret.ToString()));
    }

    [Fact]
    public void Rule8_PaddingOrHashWrong_IsTheSameRefusal()
    {
        using var sealedEnvelope = Fixture.Seal([1]);
        var wire = sealedEnvelope.Wire;
        var first = Fixture.Receive(Changed(wire, BodyOffset, isHashFixed: false)).Refusal;
        var second = Fixture.Receive(Changed(wire, BodyOffset, isHashFixed: true)).Refusal;

        Assert.Equal((first.Code, first.Message, first.Field), (second.Code, second.Message, second.Field));
        Assert.NotEqual(first.LocalDetail, second.LocalDetail);
    }

    private static byte[] Changed(byte[] wire, int at, bool isHashFixed)
    {
        var changed = (byte[])wire.Clone();
        changed[at] ^= 1;
        if (isHashFixed)
        {
            SHA256.HashData(changed.AsSpan(BodyOffset, 2064), changed.AsSpan(TableOffset + 32, 32));
            Fixture.Resign(changed);
        }

        return changed;
    }
}
