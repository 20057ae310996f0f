using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Proof that a log holds an entry, complete in itself: whoever has the entry and the public keys can check it
/// without asking anybody. Immutable.</summary>
/// <remarks>
/// Text form: <c>c2sp.org/tlog-proof@v1</c>, an optional <c>extra</c> line, <c>index</c>, the hashes from the entry's
/// sibling to the root's child, an empty line, and the signed checkpoint. Nobody signs the extra bytes. Files end in
/// <c>.tlog-proof</c>. Source: c2sp.org/tlog-proof, docs/spec/audit-log.md, section 5.
/// </remarks>
public sealed record TlogProof
{
    /// <summary>Largest proof, in bytes.</summary>
    public const int SizeBytesMax = SignedNote.SizeBytesMax + (64 * 1024);

    /// <summary>Most extra bytes.</summary>
    public const int ExtraSizeBytesMax = 32 * 1024;

    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>Puts a proof together; <see cref="Verify(ReadOnlySpan{byte}, VerifierKey,
    /// IReadOnlyCollection{VerifierKey}, int)"/> says whether it is one.</summary>
    /// <param name="index">The entry's index, counted from 0.</param>
    /// <param name="hashes">The hashes, at most 63.</param>
    /// <param name="note">The signed checkpoint.</param>
    /// <param name="extra">Bytes for the reader, at most <see cref="ExtraSizeBytesMax"/>; empty for none.</param>
    /// <exception cref="ArgumentException">These break the rules.</exception>
    public TlogProof(long index, IReadOnlyList<Digest> hashes, SignedNote note, ReadOnlyMemory<byte> extra = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentNullException.ThrowIfNull(hashes);
        ArgumentNullException.ThrowIfNull(note);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hashes.Count, ProofText.HashesMax, nameof(hashes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extra.Length, ExtraSizeBytesMax, nameof(extra));
        (Index, Hashes, Note, Extra) = (index, hashes, note, extra);
    }

    /// <summary>The entry's index, counted from 0.</summary>
    public long Index { get; }

    /// <summary>The hashes from the entry's sibling to the root's child.</summary>
    public IReadOnlyList<Digest> Hashes { get; }

    /// <summary>The signed checkpoint, with its cosignatures.</summary>
    public SignedNote Note { get; }

    /// <summary>Bytes for the reader that nobody has signed; empty for none.</summary>
    public ReadOnlyMemory<byte> Extra { get; }

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">The whole proof; at most <see cref="SizeBytesMax"/> bytes.</param>
    /// <returns>The proof, or a refusal with <see cref="RefusalCode.ProofMalformed"/>, or
    /// <see cref="RefusalCode.NoteMalformed"/> for the checkpoint in it.</returns>
    public static Result<TlogProof> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeBytesMax || !NoteText.TryDecode(bytes, out var whole))
        {
            return Malformed();
        }

        var text = new ProofText(whole);
        byte[] extra = [];
        if (!text.TryReadLine(out var header)
            || !header.SequenceEqual(Header)
            || (text.TryReadField("extra", out var extraText) && !TryReadExtra(extraText, out extra))
            || !text.TryReadField("index", out var indexText)
            || !StrictDecimal.TryParse(indexText, out var index)
            || !text.TryReadHashes(out var hashes))
        {
            return Malformed();
        }

        return text.ReadNote().Then<TlogProof>(note => new TlogProof(index, hashes, note, extra));
    }

    /// <summary>Verifies the proof for an entry, under a checkpoint that enough witnesses have cosigned.</summary>
    /// <param name="entry">The entry, byte for byte.</param>
    /// <param name="log">The key of the log; its name is the origin that is asked for.</param>
    /// <param name="witnesses">The keys of the witnesses that count; may be empty.</param>
    /// <param name="quorum">How many of them must have cosigned; 0 for none.</param>
    /// <returns>The checkpoint that the proof leads to, or a refusal of <see cref="CheckpointReader"/>, or
    /// <see cref="RefusalCode.InclusionWrong"/>.</returns>
    public Result<VerifiedCheckpoint> Verify(
        ReadOnlySpan<byte> entry, VerifierKey log, IReadOnlyCollection<VerifierKey> witnesses, int quorum)
    {
        var leaf = LogHash.Leaf(entry);
        return CheckpointReader.Read(Note.ToBytes(), log, witnesses, quorum)
            .Then(verified => VerifyUnder(verified, leaf));
    }

    /// <summary>Verifies the proof for an entry, under a checkpoint of any log that a policy names.</summary>
    /// <param name="entry">The entry, byte for byte.</param>
    /// <param name="policy">Which logs and witnesses are trusted.</param>
    /// <returns>The checkpoint that the proof leads to, or a refusal as <see cref="CheckpointReader"/>, or
    /// <see cref="RefusalCode.InclusionWrong"/>.</returns>
    public Result<VerifiedCheckpoint> Verify(ReadOnlySpan<byte> entry, WitnessPolicy policy)
    {
        var leaf = LogHash.Leaf(entry);
        return CheckpointReader.Read(Note.ToBytes(), policy).Then(verified => VerifyUnder(verified, leaf));
    }

    /// <summary>Says whether two proofs have the same bytes.</summary>
    public bool Equals(TlogProof? other) =>
        other is not null
        && Index == other.Index
        && Note == other.Note
        && Hashes.SequenceEqual(other.Hashes)
        && Extra.Span.SequenceEqual(other.Extra.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Note, Hashes.Count);

    /// <summary>Returns the text form.</summary>
    public string ToText()
    {
        var extra = Extra.IsEmpty ? string.Empty : $"extra {StrictBase64.Encode(Extra.Span)}\n";
        return $"{Header}\n{extra}index {StrictDecimal.Format(Index)}\n{ProofText.Format(Hashes)}{Note.ToText()}";
    }

    /// <summary>Returns the text form as it travels, in UTF-8.</summary>
    public byte[] ToBytes() => NoteText.Encode(ToText());

    /// <summary>Returns which entry is meant and nothing of the checkpoint.</summary>
    public override string ToString() => $"proof of index {StrictDecimal.Format(Index)}";

    private static bool TryReadExtra(ReadOnlySpan<char> text, out byte[] extra) =>
        StrictBase64.TryDecode(text, out extra) && extra.Length is > 0 and <= ExtraSizeBytesMax;

    private static Refusal Malformed() =>
        new(RefusalCode.ProofMalformed, "This is no proof in the form of c2sp.org/tlog-proof@v1.");

    private Result<VerifiedCheckpoint> VerifyUnder(VerifiedCheckpoint verified, Digest leaf) =>
        InclusionProof.Verify(Index, verified.Checkpoint.Size, leaf, Hashes, verified.Checkpoint.Root)
            .Then<VerifiedCheckpoint>(_ => verified);
}
