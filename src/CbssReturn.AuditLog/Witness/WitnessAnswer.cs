using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What a witness answers to a request, and what it must store before it may.</summary>
/// <remarks>Only <see cref="WitnessDecision"/> makes one. With <see cref="StatusOk"/> the caller first replaces
/// <see cref="Expected"/> by <see cref="Next"/> in one atomic step that fails when another head is stored by then; only
/// after that it calls <see cref="Cosign"/>. When the step fails it decides again with the head that is stored
/// now.</remarks>
public sealed record WitnessAnswer
{
    /// <summary>Cosign.</summary>
    public const int StatusOk = 200;

    /// <summary>The request cannot be read, or goes back in size.</summary>
    public const int StatusBadRequest = 400;

    /// <summary>The log has not signed the checkpoint.</summary>
    public const int StatusForbidden = 403;

    /// <summary>The log is unknown here.</summary>
    public const int StatusNotFound = 404;

    /// <summary>The witness holds another size or another root.</summary>
    public const int StatusConflict = 409;

    /// <summary>The proof does not join what the witness holds and the checkpoint.</summary>
    public const int StatusUnprocessable = 422;

    private readonly Checkpoint? _accepted;

    internal WitnessAnswer(int status, Refusal refusal, WitnessedHead? expected, bool isContradiction) =>
        (Status, Refusal, Expected, IsContradiction) = (status, refusal, expected, isContradiction);

    internal WitnessAnswer(Checkpoint accepted, WitnessedHead? expected)
    {
        (Status, Expected, _accepted) = (StatusOk, expected, accepted);
        Next = new WitnessedHead(accepted.Size, accepted.Root);
    }

    /// <summary>Status of the HTTP form (c2sp.org/tlog-witness): 200, 400, 403, 404, 409 or 422.</summary>
    public int Status { get; }

    /// <summary>Why not; null with <see cref="StatusOk"/>.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The head that was stored when this was decided; null for none.</summary>
    public WitnessedHead? Expected { get; }

    /// <summary>The head to store in its place before the answer; null unless <see cref="StatusOk"/>.</summary>
    public WitnessedHead? Next { get; }

    /// <summary>Whether the log has signed another root for the size that is stored: the request and the checkpoint
    /// that was kept are then evidence of a split view, to be kept for ever.</summary>
    public bool IsContradiction { get; }

    /// <summary>Body of an answer that is no cosignature: with <see cref="StatusConflict"/> the size that is stored, in
    /// ASCII and with a line feed; else empty.</summary>
    public byte[] RefusedBody() => Status == StatusConflict
        ? NoteText.Encode(StrictDecimal.Format(Expected?.Size ?? 0) + "\n")
        : [];

    /// <summary>Cosigns, after <see cref="Next"/> is stored durably.</summary>
    /// <param name="name">The name of the witness.</param>
    /// <param name="key">Its key.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>The signature line, which is the body of the answer.</returns>
    /// <exception cref="InvalidOperationException">The answer is a refusal.</exception>
    public NoteSignature Cosign(string name, NoteKey key, DateTimeOffset at) => _accepted is null
        ? throw new InvalidOperationException("There is nothing to cosign.")
        : Cosignature.Sign(_accepted, name, key, at);
}
