using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What a log asks of a witness: to cosign a checkpoint, given that it continues the one before. Immutable.
/// </summary>
/// <remarks>
/// Text form: <c>old</c> and the size that the witness is said to hold, the consistency proof from there, one hash a
/// line, an empty line, and the signed checkpoint. Source: c2sp.org/tlog-witness, docs/spec/audit-log.md, section 6.
/// </remarks>
public sealed record AddCheckpointRequest
{
    /// <summary>Largest request, in bytes.</summary>
    public const int SizeBytesMax = 64 * 1024;

    private AddCheckpointRequest(long oldSize, IReadOnlyList<Digest> proof, SignedNote note, Checkpoint checkpoint) =>
        (OldSize, Proof, Note, Checkpoint) = (oldSize, proof, note, checkpoint);

    /// <summary>The size that the witness is said to hold; 0 for none.</summary>
    public long OldSize { get; }

    /// <summary>The consistency proof from the old size to the checkpoint's; empty from 0 and between equal
    /// sizes.</summary>
    public IReadOnlyList<Digest> Proof { get; }

    /// <summary>The signed checkpoint; not verified here.</summary>
    public SignedNote Note { get; }

    /// <summary>What the note says; not to be believed before its signature.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Puts a request together.</summary>
    /// <param name="oldSize">The size that the witness holds; 0 for none.</param>
    /// <param name="proof">The consistency proof, at most 63 hashes.</param>
    /// <param name="note">A signed checkpoint of our own.</param>
    /// <exception cref="ArgumentException">The note is no checkpoint, or the others break these rules.</exception>
    public static AddCheckpointRequest Create(long oldSize, IReadOnlyList<Digest> proof, SignedNote note)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(note);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(proof.Count, ProofText.HashesMax, nameof(proof));
        return Checkpoint.Parse(note.Text).TryGet(out var checkpoint, out _)
            ? new AddCheckpointRequest(oldSize, proof, note, checkpoint)
            : throw new ArgumentException("The note is no checkpoint.", nameof(note));
    }

    /// <summary>Reads a request.</summary>
    /// <param name="bytes">The whole body; at most <see cref="SizeBytesMax"/> bytes.</param>
    /// <returns>The request, or a refusal with <see cref="RefusalCode.ProofMalformed"/>, or with
    /// <see cref="RefusalCode.NoteMalformed"/> or <see cref="RefusalCode.CheckpointMalformed"/> for what it asks to
    /// cosign.</returns>
    public static Result<AddCheckpointRequest> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeBytesMax || !NoteText.TryDecode(bytes, out var whole))
        {
            return Malformed();
        }

        var text = new ProofText(whole);
        if (!text.TryReadField("old", out var oldText)
            || !StrictDecimal.TryParse(oldText, out var oldSize)
            || !text.TryReadHashes(out var proof))
        {
            return Malformed();
        }

        return text.ReadNote().Then(note => Checkpoint.Parse(note.Text).Then<AddCheckpointRequest>(
            checkpoint => new AddCheckpointRequest(oldSize, proof, note, checkpoint)));
    }

    /// <summary>Says whether two requests have the same bytes.</summary>
    public bool Equals(AddCheckpointRequest? other) =>
        other is not null && OldSize == other.OldSize && Note == other.Note && Proof.SequenceEqual(other.Proof);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OldSize, Note, Proof.Count);

    /// <summary>Returns the body as it travels, in UTF-8.</summary>
    public byte[] ToBytes() =>
        NoteText.Encode($"old {StrictDecimal.Format(OldSize)}\n{ProofText.Format(Proof)}{Note.ToText()}");

    private static Refusal Malformed() =>
        new(RefusalCode.ProofMalformed, "This is no request in the form of c2sp.org/tlog-witness.");
}
