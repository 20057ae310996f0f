using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Has this node's checkpoints cosigned: makes what a witness is asked, and takes in what it answers
/// (c2sp.org/tlog-witness).</summary>
public sealed class CosignLog(NodeContext node, LogIdentity log) : IDisposable
{
    // Answers come side by side, and each adds to the same note.
    private readonly SemaphoreSlim _adding = new(1, 1);

    /// <summary>The witnesses of the directory in force.</summary>
    public IReadOnlyList<LogWitness> Witnesses => node.Directory.Now.Witnesses();

    /// <summary>Makes the body of an add-checkpoint request.</summary>
    /// <param name="oldSize">The size that the witness is known to hold; 0 for nothing.</param>
    /// <param name="newest">What it is to cosign; not smaller.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The body, or a refusal with <see cref="RefusalCode.TileMissing"/> or
    /// <see cref="RefusalCode.TileMalformed"/> when the own tree cannot be read.</returns>
    public async Task<Result<byte[]>> RequestAsync(long oldSize, SignedCheckpoint newest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(newest);
        var proof = await ConsistencyProof.BuildAsync(node.Audit.Tiles, oldSize, newest.Size, ct);
        return proof.Then<byte[]>(hashes => AddCheckpointRequest.Create(oldSize, hashes, newest.Note).ToBytes());
    }

    /// <summary>Takes in what a witness answered with 200.</summary>
    /// <param name="size">Size of the checkpoint that it was asked for.</param>
    /// <param name="witness">Who answered.</param>
    /// <param name="lines">The signature lines; those of other keys are not taken.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The checkpoint with the cosignature, kept; or a refusal with <see cref="RefusalCode.NoteMalformed"/>,
    /// <see cref="RefusalCode.NoteSignatureWrong"/> when the witness has not signed this checkpoint, or
    /// <see cref="RefusalCode.LogUnknown"/> when there is none of this size.</returns>
    public async Task<Result<SignedCheckpoint>> AddAsync(
        long size, LogWitness witness, ReadOnlyMemory<byte> lines, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (!NoteSignature.ParseLines(lines.Span).TryGet(out var all, out var refusal))
        {
            return refusal;
        }

        await _adding.WaitAsync(ct);
        try
        {
            var row = await node.Audit.GetCheckpointAsync(size, ct);
            if (row is not { Note: { } held })
            {
                return new Refusal(RefusalCode.LogUnknown, "There is no signed checkpoint of this size.");
            }

            var added = SignedNote.Parse(held.Span).Then(note => Add(note, witness, all));
            if (!added.TryGet(out var longer, out refusal))
            {
                return refusal;
            }

            await node.Audit.StoreNoteAsync(size, longer.ToBytes(), ct);
            return new SignedCheckpoint(new Checkpoint(log.Origin, size, row.Root), longer, row.At);
        }
        finally
        {
            _adding.Release();
        }
    }

    /// <summary>Counts the witnesses of the directory in force that have cosigned a checkpoint.</summary>
    public int CountWitnesses(SignedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return Witnesses.Count(witness => checkpoint.Note.Signatures.Any(line => line.IsOf(witness.Key)));
    }

    /// <inheritdoc/>
    public void Dispose() => _adding.Dispose();

    // One line a witness, the newest; the log's own first, then the witnesses by name, so that the same signatures
    // always make the same bytes.
    private Result<SignedNote> Add(SignedNote note, LogWitness witness, NoteSignature[] lines)
    {
        if (lines.LastOrDefault(line => line.IsOf(witness.Key)) is not { } line)
        {
            return new Refusal(RefusalCode.NoteSignatureWrong, "The witness answered without its cosignature.");
        }

        var own = note.Signatures.First(signature => signature.IsOf(log.Key));
        var others = note.Signatures.Where(signature => signature != own && !signature.IsOf(witness.Key)).Append(line);
        return SignedNote.Create(note.Text, own)
            .With(others.OrderBy(signature => signature.Name, StringComparer.Ordinal))
            .Then(longer => CheckpointReader.Read(longer.ToBytes(), log.Key, [witness.Key], 1))
            .Then(verified => verified.Note.ToBytes().Length <= AuditCheckpointRow.NoteSizeBytesMax
                ? (Result<SignedNote>)verified.Note
                : new Refusal(RefusalCode.NoteMalformed, "The note has more cosignatures than are kept."));
    }
}
