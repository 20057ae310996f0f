using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CbssReturn.Sealing.Tests;

/// <summary>Computes the vectors of our own formats from fixed input.</summary>
internal static class PacketVectors
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string SenderSeed => StrictHex.Encode(Fixture.Filled(32, 1));

    private static string RecipientSeed => StrictHex.Encode(Fixture.Filled(32, 2));

    /// <summary>One small referral-like envelope with two used parts of eight.</summary>
    public static string EnvelopeExample()
    {
        ReadOnlyMemory<byte>[] parts = new ReadOnlyMemory<byte>[8];
        parts[0] = Encoding.UTF8.GetBytes("manifest of a synthetic packet");
        parts[1] = Encoding.UTF8.GetBytes("one synthetic section");
        var randomness = Fixture.Filled(64, 4);
        var packetId = PacketId.FromBytes(Fixture.Filled(16, 3));
        const ulong Created = 1_800_000_000;
        const ulong NotAfter = Created + (3 * 86_400);
        using var sealedEnvelope = EnvelopeSealer.Seal(
            Fixture.Sender, Fixture.Recipient.Public, packetId, Created, NotAfter, parts, randomness);
        var envelope = Envelope.Parse(sealedEnvelope.Wire).Value;
        var secrets = Enumerable.Range(0, 8).Select(i => (JsonNode)StrictHex.Encode(sealedEnvelope.Secrets[i])!);
        var commitments = envelope.Head.Parts.Select(part => (JsonNode)part.Commitment.ToString()!);
        return Write(new JsonObject
        {
            ["comment"] = "Fixed keys and randomness: for checks only. Binary values are lower-case hex.",
            ["sender_seed"] = SenderSeed,
            ["sender_public"] = StrictHex.Encode(Fixture.Sender.Public.Bytes.Span),
            ["kid"] = Fixture.Sender.Kid.ToString(),
            ["recipient_seed"] = RecipientSeed,
            ["recipient_public"] = StrictHex.Encode(Fixture.Recipient.Public.Bytes.Span),
            ["rid"] = Fixture.Recipient.Rid.ToString(),
            ["packet_id"] = packetId.ToString(),
            ["created"] = Created,
            ["not_after"] = NotAfter,
            ["eseed"] = StrictHex.Encode(randomness),
            ["parts"] = new JsonArray([.. parts.Select(part => (JsonNode)StrictHex.Encode(part.Span)!)]),
            ["head"] = StrictHex.Encode(envelope.HeadBytes.Span),
            ["envelope_hash"] = envelope.Hash.ToString(),
            ["signature"] = StrictHex.Encode(envelope.Signature),
            ["part_secrets"] = new JsonArray([.. secrets]),
            ["commitments"] = new JsonArray([.. commitments]),
            ["associated_0"] = Associated(envelope),
            ["transfer_tag"] = StrictHex.Encode(sealedEnvelope.TransferTag),
            ["envelope"] = StrictHex.Encode(sealedEnvelope.Wire),
        });
    }

    /// <summary>One signed record for each label of this room.</summary>
    public static string SigningRuleRecords()
    {
        var receipt = Receipt.Issue(
            Fixture.Sender,
            PacketId.FromBytes(Fixture.Filled(16, 5)),
            Digest.FromBytes(Fixture.Filled(32, 6)),
            ReceiptOutcome.Stored,
            Fixture.Now);
        const uint Day = 20_833;
        var epochKey = EpochKeyRecord.Issue(
            Fixture.Sender,
            NodeId.FromBytes(Fixture.Filled(16, 7)),
            Day,
            Day * 86_400UL,
            (Day * 86_400UL) + 86_399,
            Fixture.Recipient.Public);
        var envelope = Envelope.Parse(Fixture.SmallWire([]), isAnyPartCount: true).Value;
        return Write(new JsonObject
        {
            ["comment"] = "Each record has one field. message is what Ed25519 signs.",
            ["records"] = new JsonArray(
                Record("head", envelope.HeadBytes.ToArray()),
                Record("epoch key", epochKey.Record),
                Record("receipt", receipt.Record)),
        });
    }

    private static JsonObject Record(string label, byte[] field)
    {
        var digest = TranscriptHash.Compute(label, field);
        byte[] message =
        [
            .. Encoding.ASCII.GetBytes($"CBSS-RETURN/1 {label}-signature"), 0x00, 0x01, .. digest.ToArray(),
        ];
        return new JsonObject
        {
            ["label"] = label,
            ["suite"] = (int)Suite.One,
            ["seed"] = SenderSeed,
            ["public"] = StrictHex.Encode(Fixture.Sender.Public.Bytes.Span),
            ["kid"] = Fixture.Sender.Kid.ToString(),
            ["fields"] = new JsonArray(StrictHex.Encode(field)),
            ["digest"] = digest.ToString(),
            ["message"] = StrictHex.Encode(message),
            ["signature"] = StrictHex.Encode(SigningRule.Sign(Fixture.Sender, Suite.One, label, field)),
        };
    }

    private static string Associated(Envelope envelope)
    {
        var associated = new byte[Digest.SizeBytes];
        EnvelopeBinding.Of(envelope.Head).WriteAssociated(0, envelope.Head.Parts[0].Commitment.ToArray(), associated);
        return StrictHex.Encode(associated);
    }

    private static string Write(JsonObject vector) => vector.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
}
