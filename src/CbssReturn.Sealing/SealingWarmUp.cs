using System.Security.Cryptography;

namespace CbssReturn.Sealing;

/// <summary>Runs every primitive before the first packet comes: the first use in a process costs 0.1 to 0.3 s of
/// compiling.</summary>
/// <remarks>Design rule 7. It also proves on this machine that what is sealed opens, before the node reports
/// ready.</remarks>
public static class SealingWarmUp
{
    private const int Rounds = 3;

    /// <summary>Seals and opens throw-away envelopes under throw-away keys.</summary>
    /// <exception cref="CryptographicException">This machine does not compute what it must; nothing may be
    /// sent.</exception>
    public static void Run()
    {
        using var sender = SigningKey.Generate();
        using var recipient = KemPrivateKey.Generate();
        var now = DateTimeOffset.UnixEpoch;
        var parts = new ReadOnlyMemory<byte>[8];
        parts[0] = RandomNumberGenerator.GetBytes(100);
        for (var i = 0; i < Rounds; i++)
        {
            using var sealedEnvelope =
                EnvelopeSealer.Seal(sender, recipient.Public, PacketId.NewRandom(), now, now, parts);
            var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;
            Require(envelope.VerifySignature(sender.Public).IsOk && envelope.CheckWindow(now).IsOk);
            using var opened = EnvelopeOpener.Open(envelope, recipient).Value;
            Require(opened.Parts[0].Span.SequenceEqual(parts[0].Span));

            var receipt = Receipt.Issue(sender, sealedEnvelope.Id, sealedEnvelope.Hash, ReceiptOutcome.Stored, now);
            Require(Receipt.Parse(receipt.Record, receipt.Signature).Value.Verify(sender.Public));
            var epoch = EpochKeyRecord.Issue(sender, NodeId.NewRandom(), 0, 0, 0, recipient.Public);
            Require(EpochKeyRecord.Parse(epoch.Record, epoch.Signature).Value.Verify(sender.Public));
            WarmRow();
        }
    }

    private static void WarmRow()
    {
        var kek = RandomNumberGenerator.GetBytes(KeystoreContents.KeySizeBytes);
        var content = ContentSealing.Seal(0, kek, "warm-up", [1], [2]);
        Require(ContentSealing.Open(kek, "warm-up", [1], content).TryGet(out var opened, out _) && opened is [2]);
    }

    private static void Require(bool isRight)
    {
        if (!isRight)
        {
            throw new CryptographicException("The self-test of sealing failed.");
        }
    }
}
