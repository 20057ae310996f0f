using System.Diagnostics.CodeAnalysis;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>A receipt in its final form: what the receiver signed for, its audit entry about the packet, and the proof
/// that its log holds that entry. Complete in itself; whoever has the receiver's two public keys can check it without
/// asking anybody. Immutable.</summary>
/// <remarks>
/// As a file: <c>cbss/receipt-proof/v1</c>, the lines <c>receipt</c>, <c>signature</c> and <c>entry</c> with a base64
/// value each, an empty line, and the c2sp.org/tlog-proof as it came. One proof has one spelling. Files end in
/// <c>.cbss-receipt</c>. Source: docs/spec/receipt-proof.md.
/// </remarks>
public sealed class ReceiptProof
{
    /// <summary>Largest file, in bytes.</summary>
    public const int SizeBytesMax = TlogProof.SizeBytesMax + 1024;

    /// <summary>How far the times of receipt and entry may be apart, unless the receiver's clock was set
    /// back.</summary>
    public static readonly TimeSpan TimesApartMax = TimeSpan.FromMinutes(3);

    private const string Header = "cbss/receipt-proof/v1";

    private readonly byte[] _entry;

    private ReceiptProof(Receipt receipt, byte[] entryBytes, LogEntry entry, TlogProof proof) =>
        (Receipt, _entry, Entry, Proof) = (receipt, entryBytes, entry, proof);

    /// <summary>What the receiver signed for.</summary>
    public Receipt Receipt { get; }

    /// <summary>The receiver's entry about the packet.</summary>
    public LogEntry Entry { get; }

    /// <summary>The entry byte for byte, 113 or 149 bytes.</summary>
    public ReadOnlyMemory<byte> EntryBytes => _entry;

    /// <summary>Proof that the receiver's log holds the entry.</summary>
    public TlogProof Proof { get; }

    /// <summary>Whether receipt and entry are of about the same time, as they are unless the receiver's clock was set
    /// back in between.</summary>
    public bool IsTimely => Receipt.ReceivedAt <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (DateTimeOffset.FromUnixTimeSeconds((long)Receipt.ReceivedAt) - Entry.At).Duration() <= TimesApartMax;

    /// <summary>Puts a proof together; <see cref="Verify"/> says whether it is one.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="entry">The entry, of any size.</param>
    /// <param name="tlogProof">The proof, of any size.</param>
    /// <returns>The proof; or a refusal of <see cref="LogEntry.Parse"/> or <see cref="TlogProof.Parse"/>, or with
    /// <see cref="RefusalCode.ProofMalformed"/> when it has extra data, which nobody has signed.</returns>
    public static Result<ReceiptProof> Create(
        Receipt receipt, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> tlogProof)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (!LogEntry.Parse(entry).TryGet(out var parsed, out var refusal)
            || !TlogProof.Parse(tlogProof).TryGet(out var proof, out refusal))
        {
            return refusal;
        }

        return proof.Extra.IsEmpty
            ? new ReceiptProof(receipt, entry.ToArray(), parsed, proof)
            : new Refusal(RefusalCode.ProofMalformed, "The proof of a receipt has no extra data.", "extra");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file; at most <see cref="SizeBytesMax"/> bytes.</param>
    /// <returns>The proof, or a refusal with <see cref="RefusalCode.ProofMalformed"/>, or for a part of it of
    /// <see cref="Sealing.Receipt.Parse"/>, <see cref="LogEntry.Parse"/> or <see cref="TlogProof.Parse"/>.</returns>
    public static Result<ReceiptProof> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeBytesMax || !NoteText.TryDecode(bytes, out var whole))
        {
            return Malformed();
        }

        var text = new ProofText(whole);
        if (!text.TryReadLine(out var header)
            || !header.SequenceEqual(Header)
            || !TryReadBytes(ref text, "receipt", out var record)
            || !TryReadBytes(ref text, "signature", out var signature)
            || !TryReadBytes(ref text, "entry", out var entry)
            || !text.TryReadLine(out var empty)
            || !empty.IsEmpty)
        {
            return Malformed();
        }

        if (!Receipt.Parse(record, signature).TryGet(out var receipt, out var refusal))
        {
            return refusal;
        }

        return Create(receipt, entry, NoteText.Encode(text.Rest.ToString()));
    }

    /// <summary>Verifies everything: the receipt's signature, that the entry says the same, and that the log holds it.
    /// </summary>
    /// <param name="node">The receiver's identity key.</param>
    /// <param name="log">The key of the receiver's log; its name is the origin that is asked for.</param>
    /// <param name="witnesses">The keys of the witnesses that count; may be empty.</param>
    /// <param name="quorum">How many of them must have cosigned; 0 for none.</param>
    /// <returns>The checkpoint that the proof leads to, or a refusal with <see cref="RefusalCode.ReceiptInvalid"/>, or
    /// of <see cref="VerifyEntry"/>.</returns>
    public Result<VerifiedCheckpoint> Verify(
        VerifyingKey node, VerifierKey log, IReadOnlyCollection<VerifierKey> witnesses, int quorum) =>
        Receipt.Verify(node)
            ? VerifyEntry(log, witnesses, quorum)
            : new Refusal(RefusalCode.ReceiptInvalid, "The receipt is not signed by this key.", "receipt");

    /// <summary>Verifies that the entry says what the receipt says and that the log holds it, for somebody who has
    /// checked the receipt before.</summary>
    /// <param name="log">The key of the receiver's log; its name is the origin that is asked for.</param>
    /// <param name="witnesses">The keys of the witnesses that count; may be empty.</param>
    /// <param name="quorum">How many of them must have cosigned; 0 for none.</param>
    /// <returns>The checkpoint that the proof leads to; or a refusal with <see cref="RefusalCode.ReceiptInvalid"/> when
    /// the entry says something else, or of <see cref="TlogProof"/>.</returns>
    public Result<VerifiedCheckpoint> VerifyEntry(
        VerifierKey log, IReadOnlyCollection<VerifierKey> witnesses, int quorum) => SaysTheSame()
            ? Proof.Verify(_entry, log, witnesses, quorum)
            : new Refusal(
                RefusalCode.ReceiptInvalid, "The receiver's log says something else than its receipt.", "entry");

    /// <summary>Returns the file.</summary>
    public byte[] ToBytes() => NoteText.Encode(
        $"{Header}\n"
        + $"receipt {StrictBase64.Encode(Receipt.Record)}\n"
        + $"signature {StrictBase64.Encode(Receipt.Signature)}\n"
        + $"entry {StrictBase64.Encode(_entry)}\n\n"
        + Proof.ToText());

    private static bool TryReadBytes(ref ProofText text, string word, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return text.TryReadField(word, out var value) && StrictBase64.TryDecode(value, out bytes);
    }

    private static Refusal Malformed() =>
        new(RefusalCode.ProofMalformed, "This is no receipt in the form of cbss/receipt-proof/v1.");

    // A conflict is no packet that was stored or refused, so the log has no entry about it.
    private bool SaysTheSame() => Receipt.Outcome switch
    {
        ReceiptOutcome.Stored => Entry is { Event: AuditEvent.PacketReceived, Outcome: AuditOutcome.Done },
        ReceiptOutcome.Refused => Entry is { Event: AuditEvent.PacketRefused, Outcome: AuditOutcome.Refused }
            && Entry.Tag == LogEntry.RefusedTag(Receipt.EnvelopeHash),
        _ => false,
    };
}
