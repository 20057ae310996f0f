using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;

namespace CbssReturn.Auditor.Watch;

// Signed checkpoints from others that are ahead of what was audited, or could not be compared yet.
internal sealed partial class LogRound
{
    /// <summary>Keeps a checkpoint until the log has grown so far. Two of one size may contradict each other at once.
    /// </summary>
    /// <remarks>The smallest are kept: they can be compared first, and whoever signs absurd sizes to fill the places
    /// pushes out nothing. Those that the log has outgrown and whose tiles it holds back make way for all others.
    /// </remarks>
    private static (Finding? Finding, LogState State) KeepAhead(LogState state, VerifiedCheckpoint seen)
    {
        var ahead = state.Ahead
            .Select(note => Checkpoint.Parse(SignedNote.Parse(note.Span).Value.Text).Value)  // read before it was kept
            .Zip(state.Ahead)
            .ToList();
        foreach (var (checkpoint, note) in ahead)
        {
            if (checkpoint == seen.Checkpoint)
            {
                return (null, state);
            }

            if (checkpoint.Size == seen.Checkpoint.Size)
            {
                var other = CheckpointReader.Read(note.Span, seen.Log, [], 0).Value;
                return (new Finding(SplitCause, SplitView.Find(other, seen)!), state);  // one size and two roots
            }
        }

        // Only the log's own signature: lines of strangers would be kept with it.
        var own = SignedNote.Create(
            seen.Note.Text, seen.Note.Signatures.First(signature => signature.IsOf(seen.Log))).ToBytes();
        return (null, state with
        {
            Ahead =
            [
                .. ahead.Append((seen.Checkpoint, own))
                    .OrderBy(pair => pair.Item1.Size <= state.Size)
                    .ThenBy(pair => pair.Item1.Size)
                    .Take(LogState.AheadMax)
                    .Select(pair => pair.Item2),
            ],
        });
    }
}
