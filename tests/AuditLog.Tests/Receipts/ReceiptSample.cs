using System.Security.Cryptography;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Receipts;

/// <summary>A receiver with fixed keys and a log of five entries, the third about a packet of the sender.</summary>
internal static class ReceiptSample
{
    public const int Place = 2;

    private const string Origin = "log.example.org/xx/00112233445566778899aabbccddeeff/1";

    public static readonly DateTimeOffset At = SampleEntries.At.AddSeconds(17);

    private static readonly SigningKey Receiver = SigningKey.FromSeed(Seed("receiver"));
    private static readonly NoteKey LogKey = NoteKey.FromSeed(Seed("log"));
    private static readonly NoteKey WitnessKey = NoteKey.FromSeed(Seed("witness"));

    public static VerifyingKey Node => Receiver.Public;

    public static VerifierKey Log { get; } = VerifierKey.OfLog(Origin, LogKey.Public);

    public static VerifierKey Cosigner { get; } = VerifierKey.OfWitness("witness.example.org/xx", WitnessKey.Public);

    public static Digest EnvelopeHash { get; } = Digest.Of("an envelope"u8);

    public static LogEntry Stored { get; } =
        SampleEntries.Packet(AuditEvent.PacketReceived, Digest.Of([4])) with { Outcome = AuditOutcome.Done };

    public static LogEntry Refused { get; } = SampleEntries.Packet(AuditEvent.PacketRefused) with
    {
        Outcome = AuditOutcome.Refused,
        Tag = LogEntry.RefusedTag(EnvelopeHash),
    };

    public static Receipt Receipt(ReceiptOutcome outcome = ReceiptOutcome.Stored, DateTimeOffset? at = null) =>
        Sealing.Receipt.Issue(
            Receiver,
            PacketId.FromBytes(Convert.FromHexString("000102030405060708090a0b0c0d0e0f")),
            EnvelopeHash,
            outcome,
            at ?? At);

    /// <summary>Puts an entry into the log, signs, has it cosigned, and proves it.</summary>
    public static async Task<byte[]> ProveAsync(LogEntry entry)
    {
        var tree = new MemoryTree(
        [
            SampleEntries.Local().ToBytes(),
            SampleEntries.Packet().ToBytes(),
            entry.ToBytes(),
            SampleEntries.Local(Digest.Of([5])).ToBytes(),
            SampleEntries.Local(Digest.Of([6])).ToBytes(),
        ]);
        var hashes = (await InclusionProof.BuildAsync(tree, Place, tree.Size, default)).Value;
        var checkpoint = new Checkpoint(Origin, tree.Size, tree.Root);
        var note = CheckpointSigning.Sign(checkpoint, LogKey);
        var cosignature = Cosignature.Sign(checkpoint, Cosigner.Name, WitnessKey, At.AddMinutes(1));
        return new TlogProof(Place, hashes, note.With([cosignature]).Value).ToBytes();
    }

    public static async Task<ReceiptProof> MakeAsync(LogEntry entry, Receipt? receipt = null)
    {
        var proof = await ProveAsync(entry);
        return ReceiptProof.Create(receipt ?? Receipt(), entry.ToBytes(), proof).Value;
    }

    // Anybody can make these keys: they sign examples.
    private static byte[] Seed(string name) => SHA256.HashData([.. "example "u8, .. NoteText.Encode(name)]);
}
