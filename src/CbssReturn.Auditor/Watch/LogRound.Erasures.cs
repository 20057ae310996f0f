using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

// Entries that say that the detail of another one was erased.
internal sealed partial class LogRound
{
    /// <summary>Checks that each erasure names the entry whose detail it erased.</summary>
    /// <returns>The first findings, each with the proof of both entries; at most <see
    /// cref="EntryWalk.FindingsMax"/>.</returns>
    private async Task<IReadOnlyList<Finding>> CheckErasuresAsync(
        IReadOnlyList<(long Index, LogEntry Entry)> erasures, VerifiedCheckpoint checkpoint, CancellationToken ct)
    {
        List<(long Index, LogEntry Entry)> wrong = [];
        foreach (var bundle in erasures.GroupBy(erasure => erasure.Entry.Index / TileId.HashesMax))
        {
            wrong.AddRange(await FindWrongAsync(bundle.Key, bundle, checkpoint.Checkpoint.Size, ct));
        }

        List<Finding> findings = [];
        foreach (var (index, erasure) in wrong.OrderBy(erasure => erasure.Index))
        {
            if (findings.Count == EntryWalk.FindingsMax)
            {
                break;
            }

            // An own copy that is damaged is no word about the log: what it proves counts.
            if (await EntryEvidence.FindAsync(_mirror, checkpoint, index, ct) is { } proven
                && await EntryEvidence.FindAsync(_mirror, checkpoint, erasure.Index, ct) is { } target)
            {
                findings.Add(Finding.Of(
                    AlarmKind.EntryRule,
                    AlarmLevel.High,
                    _log.Origin,
                    FormattableString.Invariant($"entry {index}"),
                    FormattableString.Invariant($"Entry {index}: The erased detail is not that of entry ")
                        + FormattableString.Invariant($"{erasure.Index}, which it names."),
                    index,
                    proven.Concat(EntryEvidence.AsOther(target))));
            }
        }

        return findings;
    }

    // Those of one bundle together, so that each bundle is read once however many erasures name it.
    private async Task<IReadOnlyList<(long Index, LogEntry Entry)>> FindWrongAsync(
        long bundle, IEnumerable<(long Index, LogEntry Entry)> erasures, long size, CancellationToken ct)
    {
        if (bundle * TileId.HashesMax >= size)
        {
            // Of an entry that is not there yet: the rules between entries have found it.
            return [];
        }

        var id = TileLayout.BundleAt(size, bundle);
        if (await _mirror.ReadBundleAsync(id, ct) is not { } bytes
            || !EntryBundle.Parse(bytes, id.Width).TryGet(out var entries, out _))
        {
            return [];
        }

        List<(long Index, LogEntry Entry)> wrong = [];
        foreach (var erasure in erasures.Where(erasure => erasure.Entry.Index < size))
        {
            var target = entries[(int)(erasure.Entry.Index - id.FirstEntry)];
            if (LogEntry.Parse(target.Span).TryGet(out var entry, out _)
                && EntryRules.CheckErasure(erasure.Entry, entry) is not null)
            {
                wrong.Add(erasure);
            }
        }

        return wrong;
    }
}
