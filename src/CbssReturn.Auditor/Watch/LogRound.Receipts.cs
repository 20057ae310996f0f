using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.State;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Watch;

// What holders of final receipts say of the log.
internal sealed partial class LogRound
{
    // Receipts that go together with the log: what joined it once stands in it for good.
    private readonly HashSet<Digest> _joined = [];

    /// <summary>Holds a final receipt against the log: its checkpoint must be one that the log continues.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="receipt">The file, unchecked; one that is of another log or does not prove itself says
    /// nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The finding, whose evidence is the receipt and both checkpoints; or null, also as long as the receipt
    /// is ahead of what was audited.</returns>
    public async Task<Finding?> CompareReceiptAsync(
        LogState state, ReadOnlyMemory<byte> receipt, CancellationToken cancellationToken)
    {
        var id = Digest.Of(receipt.Span);
        if (_joined.Contains(id)
            || KnownOf(state) is not { } known
            || !ReceiptProof.Parse(receipt.Span).TryGet(out var proof, out _)
            || !proof.VerifyEntry(_log.Key, [], 0).TryGet(out var proven, out _)
            || proven.Checkpoint.Size > known.Checkpoint.Size)
        {
            return null;
        }

        try
        {
            if (await FindForkAsync(OwnTiles, known, proven, cancellationToken) is { } fork)
            {
                var index = FormattableString.Invariant($"{proof.Proof.Index}");
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

        _joined.Add(id);
        return null;
    }
}
