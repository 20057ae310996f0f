using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>envelope.*</c>, on the bytes that travel.</summary>
internal static class EnvelopeOperations
{
    private const ulong PosixSecondsMax = 253_402_300_799; // the last second of the year 9999

    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new(
            "envelope.seal",
            [
                Field.Hex("sender_seed"), Field.Hex("recipient_public"), Field.Hex("packet_id"),
                Field.Number("created"), Field.Number("not_after"), Field.Hex("eseed"),
                new Field("parts", FieldKind.HexList),
            ],
            Seal),
        new(
            "envelope.open",
            [
                Field.Hex("recipient_seed"), Field.Hex("sender_public"), Field.Number("now"), Field.Hex("envelope"),
            ],
            Open),
        new("envelope.verify", [Field.Hex("sender_public"), Field.Hex("envelope")], Verify),
    ];

    private static Result<CaseOutput> Seal(CaseInput input)
    {
        if (CheckSealInput(input) is { } refusal)
        {
            return refusal;
        }

        ReadOnlyMemory<byte>[] parts = [.. input.List("parts").Select(part => (ReadOnlyMemory<byte>)part)];
        if (EnvelopeSealer.SizeBytesOf(parts) > Envelope.SizeBytesMax)
        {
            return new Refusal(RefusalCode.EnvelopeTooLarge, "The envelope would be larger than 16 MiB.", "parts");
        }

        return KemPublicKey.Parse(input.Bytes("recipient_public")).Then<CaseOutput>(recipient =>
        {
            using var sender = SigningKey.FromSeed(input.Bytes("sender_seed"));
            using var sealedEnvelope = EnvelopeSealer.Seal(
                sender,
                recipient,
                PacketId.FromBytes(input.Bytes("packet_id")),
                input.Number("created"),
                input.Number("not_after"),
                parts,
                input.Bytes("eseed"));
            return new CaseOutput().Hex("envelope", sealedEnvelope.Wire);
        });
    }

    private static Refusal? CheckSealInput(CaseInput input)
    {
        if (input.Bytes("sender_seed").Length != SigningKey.SeedSizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, "An Ed25519 seed has 32 bytes.", "sender_seed");
        }

        if (input.Bytes("packet_id").Length != PacketId.SizeBytes)
        {
            return new Refusal(RefusalCode.IdentifierMalformed, "A packet id has 16 bytes.", "packet_id");
        }

        if (input.Bytes("eseed").Length != XWing.RandomnessSizeBytes)
        {
            return new Refusal(RefusalCode.FieldMalformed, "The randomness has 64 bytes.", "eseed");
        }

        if (input.Number("not_after") < input.Number("created"))
        {
            return new Refusal(RefusalCode.DatesContradict, "The envelope ends before it begins.", "not_after");
        }

        var parts = input.List("parts");
        if (parts.Length is 0 or > EnvelopeHead.PartCountMax)
        {
            return new Refusal(RefusalCode.TooMany, "An envelope has 1 to 32 parts here.", "parts");
        }

        return parts.Any(part => part.Length > Envelope.PartDataSizeBytesMax)
            ? new Refusal(RefusalCode.EnvelopeTooLarge, "A part holds at most 4,194,300 bytes.", "parts")
            : null;
    }

    private static Result<CaseOutput> Open(CaseInput input)
    {
        if (input.Bytes("recipient_seed").Length != KemPrivateKey.SeedSizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, "An X-Wing seed has 32 bytes.", "recipient_seed");
        }

        if (input.Number("now") > PosixSecondsMax)
        {
            return new Refusal(RefusalCode.NumberOutOfRange, "The moment is after the year 9999.", "now");
        }

        return ParseAndVerify(input).Then<CaseOutput>(envelope =>
        {
            var now = DateTimeOffset.FromUnixTimeSeconds((long)input.Number("now"));
            if (!envelope.CheckWindow(now).TryGet(out _, out var refusal))
            {
                return refusal;
            }

            using var key = KemPrivateKey.FromSeed(input.Bytes("recipient_seed"));
            if (!EnvelopeOpener.Open(envelope, key).TryGet(out var opened, out refusal))
            {
                return refusal;
            }

            using (opened)
            {
                return new CaseOutput().List("parts", opened.Parts);
            }
        });
    }

    private static Result<CaseOutput> Verify(CaseInput input) => ParseAndVerify(input).Then<CaseOutput>(envelope =>
        envelope.VerifyPartDigests().TryGet(out _, out var refusal) ? CaseOutput.Nothing : refusal);

    private static Result<Envelope> ParseAndVerify(CaseInput input) =>
        VerifyingKey.Parse(input.Bytes("sender_public")).Then(sender =>
            Envelope.Parse(input.Bytes("envelope")).Then<Envelope>(envelope =>
                envelope.VerifySignature(sender).TryGet(out _, out var refusal) ? envelope : refusal));
}
