using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Receipts;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Receipts;

/// <summary>What a receiver may say in place of the truth; it has its own keys.</summary>
internal sealed class Lies(TestNode receiver, DateTimeOffset now)
{
    private readonly string _origin = receiver.Member.LogOrigin;

    /// <summary>Tells a lie.</summary>
    /// <param name="lie">Which.</param>
    /// <param name="truth">The final receipt of the packet.</param>
    /// <param name="other">That of another packet.</param>
    public FinalReceipt Tell(string lie, FinalReceipt truth, FinalReceipt other)
    {
        var entry = LogEntry.Parse(truth.Entry.Span).Value;
        var proof = TlogProof.Parse(truth.TlogProof.Span).Value;
        return lie switch
        {
            "no entry" => truth with { Entry = default },
            "no proof" => truth with { TlogProof = default },
            "a large proof" => truth with { TlogProof = new byte[OutboxProofRow.ProofSizeBytesMax + 1] },
            "another receipt" => truth with { Receipt = SignAgain(truth.Receipt) },
            "another packet" => truth with { Entry = other.Entry, TlogProof = other.TlogProof },
            "another event" => Forge(truth, entry with { Event = AuditEvent.PacketSent }),
            "another node" => Forge(truth, entry with { Peer = LogEntry.PeerName(Member.Third.LogOrigin) }),
            "an entry that is not there" => truth with { Entry = Later(entry) },
            "a checkpoint that nobody signed" => truth with { TlogProof = Unsigned(proof) },
            "a wrong cosignature" => truth with { TlogProof = DamageCosignature(proof) },
            _ => throw new ArgumentOutOfRangeException(nameof(lie)),
        };
    }

    private static byte[] Later(LogEntry entry) => (entry with { At = entry.At.AddMinutes(1) }).ToBytes();

    private static byte[] Unsigned(TlogProof proof)
    {
        using var key = NoteKey.FromSeed(new byte[NoteKey.SeedSizeBytes]);
        var note = CheckpointSigning.Sign(Checkpoint.Parse(proof.Note.Text).Value, key);
        return new TlogProof(proof.Index, proof.Hashes, note).ToBytes();
    }

    private static byte[] DamageCosignature(TlogProof proof)
    {
        var lines = proof.Note.Signatures;
        var line = lines[1].ToLine().ToCharArray();
        line[^10] = line[^10] == 'A' ? 'B' : 'A';
        var damaged = NoteSignature.ParseLines(Encoding.UTF8.GetBytes(line)).Value;
        var note = SignedNote.Create(proof.Note.Text, lines[0]).With(damaged).Value;
        return new TlogProof(proof.Index, proof.Hashes, note).ToBytes();
    }

    // It signs for the same packet at another moment.
    private StoredReceipt SignAgain(StoredReceipt stored)
    {
        var first = Receipt.Parse(stored.Record.Span, stored.Signature.Span).Value;
        var again = Receipt.Issue(
            receiver.Keys.Identity, first.PacketId, first.EnvelopeHash, first.Outcome, now.AddSeconds(1));
        return new StoredReceipt(again.Record, again.Signature);
    }

    // It puts into its own log what it likes, and proves that.
    private FinalReceipt Forge(FinalReceipt truth, LogEntry entry)
    {
        using var key = receiver.Keys.DeriveNoteKey(_origin);
        var note = CheckpointSigning.Sign(new Checkpoint(_origin, 1, LogHash.Leaf(entry.ToBytes())), key);
        return truth with { Entry = entry.ToBytes(), TlogProof = new TlogProof(0, [], note).ToBytes() };
    }
}
