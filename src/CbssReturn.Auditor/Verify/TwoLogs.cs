using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;

namespace CbssReturn.Auditor.Verify;

/// <summary>Verifies two logs and compares what they say about the packets between their nodes
/// (docs/spec/audit-log.md, section 7).</summary>
internal sealed class TwoLogs
{
    // More than the longest time after which something that is missing is found, in steps that are no pause.
    private static readonly TimeSpan SettledAfter = TimeSpan.FromHours(80);
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    private readonly (ILogSource Source, WitnessPolicy Policy)[] _logs;

    /// <summary>Takes the two logs.</summary>
    public TwoLogs(
        (ILogSource Source, WitnessPolicy Policy) first, (ILogSource Source, WitnessPolicy Policy) second) =>
        _logs = [first, second];

    /// <summary>Compares them.</summary>
    /// <param name="isSettled">Whether nothing more is to come, so that what is missing now is missing for good;
    /// otherwise each side has the time that the rules give it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was found, or the fault of a log that is wrong in itself; exactly one of them.</returns>
    /// <exception cref="SourceUnreachableException">A source does not answer.</exception>
    public async Task<(IReadOnlyList<TagFinding>? Findings, LogFault? Fault)> RunAsync(
        bool isSettled, CancellationToken cancellationToken)
    {
        var seen = new List<(string Origin, DateTimeOffset? LastAt, List<LogEntry> Entries)>();
        foreach (var (source, policy) in _logs)
        {
            var entries = new List<LogEntry>();
            var (verdict, fault) = await new LogVerification(source, policy).RunAsync(
                null, 0, null, cancellationToken, entries.Add);
            if (verdict is null)
            {
                return (null, fault);
            }

            seen.Add((verdict.Checkpoint.Checkpoint.Origin, verdict.LastAt, entries));
        }

        var ledger = new TagLedger(seen[0].Origin, seen[1].Origin);
        foreach (var (origin, _, entries) in seen)
        {
            foreach (var (index, entry) in entries.Index())
            {
                ledger.Add(origin, index, entry);

                // Nobody has watched them, so their own times are all there is.
                ledger.Cover(origin, index + 1, entry.At);
            }
        }

        if (isSettled)
        {
            Settle(ledger, seen.Max(log => log.LastAt), [.. seen.Select(log => (log.Origin, (long)log.Entries.Count))]);
        }

        return (ledger.Judge(), null);
    }

    private static void Settle(
        TagLedger ledger, DateTimeOffset? last, IReadOnlyList<(string Origin, long Size)> logs)
    {
        for (var later = Step; last is { } from && later <= SettledAfter; later += Step)
        {
            foreach (var (origin, size) in logs)
            {
                ledger.Cover(origin, size, from + later);
            }
        }
    }
}
