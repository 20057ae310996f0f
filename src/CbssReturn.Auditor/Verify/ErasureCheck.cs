using CbssReturn.AuditLog;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Verify;

/// <summary>Checks of a verified log that each erasure names the entry whose detail it erased.</summary>
internal static class ErasureCheck
{
    /// <summary>Finds the first that does not.</summary>
    /// <param name="source">Where the named entries are read; each must lead to the root.</param>
    /// <param name="checkpoint">The checkpoint that was verified.</param>
    /// <param name="erasures">Entries with <see cref="AuditEvent.DetailErased"/> of that log.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Its index and a refusal with <see cref="RefusalCode.DetailWrong"/> or <see
    /// cref="RefusalCode.TileMissing"/>; null when all are right.</returns>
    public static async Task<(long Index, Refusal Refusal)?> FindBreachAsync(
        ITileSource source,
        VerifiedCheckpoint checkpoint,
        IEnumerable<(long Index, LogEntry Entry)> erasures,
        CancellationToken ct)
    {
        foreach (var (index, erasure) in erasures)
        {
            var named = await EntryEvidence.FindAsync(new FirstAnswers(source), checkpoint, erasure.Index, ct);
            if (named is null)
            {
                return (index, new Refusal(
                    RefusalCode.TileMissing,
                    FormattableString.Invariant($"The entry {erasure.Index}, whose detail was erased, is not shown.")));
            }

            // What is no entry has no detail.
            var isRight = LogEntry.Parse(named[0].Blob.Span).TryGet(out var target, out _)
                && EntryRules.CheckErasure(erasure, target) is null;
            if (!isRight)
            {
                return (index, new Refusal(
                    RefusalCode.DetailWrong,
                    FormattableString.Invariant($"Entry {index} erases a detail that {erasure.Index} never had.")));
            }
        }

        return null;
    }
}
