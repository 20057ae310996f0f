using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.State;
using CbssReturn.Auditor.Verify;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Watch;

// What holders of final receipts say of the log.
internal sealed partial class LogRound
{
    // A log that goes on has what its receipt covers in its next checkpoint; for one that is seen late there is time.
    private static readonly TimeSpan ReachedAfter = TimeSpan.FromMinutes(15);

    // Receipts that go together with the log: what joined it once stands in it for good.
    private readonly HashSet<Digest> _joined = [];

    // When receipts were first seen that are ahead of the log; a restart begins anew.
    private readonly Dictionary<Digest, DateTimeOffset> _aheadSince = [];

    /// <summary>Holds a final receipt against the log: its checkpoint must be one that the log continues.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="receipt">The file, unchecked; one that is of another log or does not prove itself says
    /// nothing.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The finding, whose evidence is the receipt and both checkpoints, or the receipt and the one that the
    /// log has come to since without reaching it; or null, also while the log may still reach it.</returns>
    public async Task<Finding?> CompareReceiptAsync(
        LogState state, ReadOnlyMemory<byte> receipt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Digest.Of(receipt.Span);
        if (_joined.Contains(id)
            || KnownOf(state) is not { } known
            || !ReceiptProof.Parse(receipt.Span).TryGet(out var proof, out _)
            || !proof.VerifyEntry(_log.Key, [], 0).TryGet(out var proven, out _))
        {
            return null;
        }

        var index = FormattableString.Invariant($"{proof.Proof.Index}");
        if (proven.Checkpoint.Size > known.Checkpoint.Size)
        {
            // It counts from when the log was known to go on, not from now: a node may sleep.
            _aheadSince.TryAdd(id, now);
            return state.CoveredAt - _aheadSince[id] >= ReachedAfter
                ? Finding.Of(
                    AlarmKind.ReceiptContradicted,
                    AlarmLevel.Critical,
                    _log.Origin,
                    $"receipt {id} ahead",
                    FormattableString.Invariant($"The log has given a final receipt for its entry {index} of ")
                        + FormattableString.Invariant($"{proven.Checkpoint.Size}, has gone on since, and has only ")
                        + FormattableString.Invariant($"{known.Checkpoint.Size}."),
                    proof.Proof.Index,
                    (EvidenceName.Checkpoint, known.Note.ToBytes()),
                    (EvidenceName.Receipt, receipt))
                : null;
        }

        _aheadSince.Remove(id);
        try
        {
            var (answer, fork) = await FindForkAsync(OwnTiles, known, proven, cancellationToken);
            if (answer == ForkAnswer.Continued)
            {
                _joined.Add(id);
            }

            if (fork is not null)
            {
                return Finding.Of(
                    AlarmKind.ReceiptContradicted,
                    AlarmLevel.Critical,
                    _log.Origin,
                    $"receipt {id}",
                    $"The log has given a final receipt for its entry {index}, and is another one than that which"
                        + " it proved it with.",
                    proof.Proof.Index,
                    fork.Alarm.Evidence.Select(pair => (pair.Key, pair.Value)).Append((EvidenceName.Receipt, receipt)));
            }
        }
        catch (SourceUnreachableException)
        {
            return null;
        }

        return null;
    }
}
