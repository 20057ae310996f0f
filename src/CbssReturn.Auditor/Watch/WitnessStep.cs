using System.Globalization;
using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;

namespace CbssReturn.Auditor.Watch;

/// <summary>Asks the focal point's own witness to cosign what was audited.</summary>
/// <param name="witness">The node that witnesses.</param>
internal sealed class WitnessStep(IAuditNode witness)
{
    // The size that the witness held when it was last asked; only a guess, which it corrects.
    private readonly Dictionary<string, long> _sizes = [];

    /// <summary>Asks for a cosignature.</summary>
    /// <param name="checkpoint">The checkpoint that was audited.</param>
    /// <param name="tiles">Tiles of its tree.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it.</returns>
    public async Task<WitnessOutcome> AskAsync(
        VerifiedCheckpoint checkpoint, ITileSource tiles, CancellationToken cancellationToken)
    {
        var (origin, size) = (checkpoint.Checkpoint.Origin, checkpoint.Checkpoint.Size);
        var oldSize = Math.Min(_sizes.GetValueOrDefault(origin, size), size);

        // At most one correction: a witness that changes its mind in between is asked again in the next round.
        for (var isCorrected = false; ; isCorrected = true)
        {
            if (!(await ConsistencyProof.BuildAsync(tiles, oldSize, size, cancellationToken))
                .TryGet(out var proof, out _))
            {
                return WitnessOutcome.NotAsked;
            }

            var body = AddCheckpointRequest.Create(oldSize, proof, checkpoint.Note).ToBytes();
            if (!(await witness.AddCheckpointAsync(body, cancellationToken)).TryGet(out var reply, out _))
            {
                return WitnessOutcome.NotAsked;
            }

            switch (reply.Status)
            {
                case WitnessAnswer.StatusOk:
                    _sizes[origin] = size;
                    return NoteSignature.ParseLines(reply.Body.Span).TryGet(out var lines, out _)
                        ? new WitnessOutcome(lines, false)
                        : WitnessOutcome.NotAsked;
                case WitnessAnswer.StatusConflict when TryReadSize(reply.Body, out var held):
                    _sizes[origin] = held;
                    if (held == oldSize)
                    {
                        // It was asked for just this size, and holds another root for it.
                        return WitnessOutcome.Contradicted;
                    }

                    if (held > size || isCorrected)
                    {
                        return WitnessOutcome.NotAsked;
                    }

                    oldSize = held;
                    break;
                case WitnessAnswer.StatusUnprocessable:
                    return WitnessOutcome.Contradicted;
                default:
                    return WitnessOutcome.NotAsked;
            }
        }
    }

    private static bool TryReadSize(ReadOnlyMemory<byte> body, out long size) => long.TryParse(
        Encoding.ASCII.GetString(body.Span).AsSpan().TrimEnd('\n'),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out size);
}
