using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

// What stood in the log before, looked at again.
internal sealed partial class LogRound
{
    /// <summary>Compares some old bundles with the own copy, and once a week hashes the whole log again.</summary>
    private async Task<RoundOutcome> LookAgainAsync(
        RoundOutcome outcome, LogState before, DateTimeOffset now, CancellationToken ct)
    {
        if (!_log.HasEntries
            || outcome.IsIncomplete
            || outcome.Checkpoint is not { } checkpoint
            || outcome.Findings.Any(IsAboutContents))
        {
            return outcome;
        }

        List<Finding> findings = [.. outcome.Findings];
        var (state, wasMissing) = (outcome.State, false);
        foreach (var index in DrawBundles(before.Size))
        {
            var id = TileLayout.BundleAt(checkpoint.Checkpoint.Size, index);
            if (await CompareBundleAsync(id, ct) is not { } fault)
            {
                continue;
            }

            if (fault.IsMissing)
            {
                findings.AddRange(MissingFor(state, fault, now));
                (state, wasMissing) = (Incomplete(state, now), true);
            }
            else
            {
                findings.Add(await AlteredAsync(checkpoint, fault, ct));
            }
        }

        if (findings.Count == 0 && state.AuditedAt is { } auditedAt && now - auditedAt >= _settings.AuditEvery)
        {
            if (await AuditWholeAsync(checkpoint, ct) is { } fault)
            {
                findings.Add(await AlteredAsync(checkpoint, fault, ct));
            }

            state = state with { AuditedAt = now };
        }

        state = wasMissing ? state : state with { IncompleteSince = null };
        return outcome with { State = state, Findings = findings };
    }

    private static bool IsAboutContents(Finding finding) => finding.Alarm.Kind is AlarmKind.Altered
        or AlarmKind.SplitView or AlarmKind.Rollback;

    // Without repetition, and all of them when there are few.
    private IEnumerable<long> DrawBundles(long size)
    {
        var count = (size + TileId.HashesMax - 1) / TileId.HashesMax;
        if (count <= _settings.BundlesAgain)
        {
            return LongRange(count);
        }

        HashSet<long> drawn = [];
        while (drawn.Count < _settings.BundlesAgain)
        {
            drawn.Add(_settings.Draw(count));
        }

        return drawn;
    }

    private static IEnumerable<long> LongRange(long count)
    {
        for (var index = 0L; index < count; index++)
        {
            yield return index;
        }
    }

    private async Task<FileFault?> CompareBundleAsync(BundleId id, CancellationToken ct)
    {
        if (await _mirror.ReadBundleAsync(id, ct) is not { } own
            || !EntryBundle.Parse(own, id.Width).TryGet(out var ours, out _))
        {
            // The own copy is damaged; the next growth reads all again.
            return null;
        }

        if (await _sources.Single.ReadBundleAsync(id, ct) is not { } shown)
        {
            return FileFault.Missing(id);
        }

        if (shown.Span.SequenceEqual(own.Span))
        {
            return null;
        }

        if (!EntryBundle.Parse(shown, id.Width).TryGet(out var theirs, out var refusal))
        {
            return new FileFault(new Refusal(refusal.Code, refusal.Message, id.Path), id.FirstEntry, shown);
        }

        var place = Enumerable.Range(0, id.Width).First(i => !theirs[i].Span.SequenceEqual(ours[i].Span));
        return new FileFault(
            LogExtension.Changed(id, id.FirstEntry + place), id.FirstEntry + place, shown);
    }

    /// <summary>Hashes the whole log again.</summary>
    private async Task<FileFault?> AuditWholeAsync(VerifiedCheckpoint checkpoint, CancellationToken ct)
    {
        var (size, root) = (checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Root);
        var audit = new TreeAudit(_sources.InOrder, RightEdge.Empty());
        if (await audit.AdvanceAsync(size, root, null, ct) is not { } wrong)
        {
            return null;
        }

        var bundle = wrong.FirstIndex < size
            ? await _sources.Single.ReadBundleAsync(
                TileLayout.BundleAt(size, wrong.FirstIndex / TileId.HashesMax), ct)
            : null;
        return new FileFault(
            new Refusal(wrong.Refusal.Code, wrong.Refusal.Message, wrong.Path), wrong.FirstIndex, bundle);
    }

    /// <summary>Adds to what was found about single entries the proof that the log has signed them, and the entry
    /// before that they contradict.</summary>
    private async Task<IReadOnlyList<Finding>> ProveAsync(
        EntryWalk walk, VerifiedCheckpoint checkpoint, CancellationToken ct)
    {
        var others = walk.Breaches.ToDictionary(breach => breach.Index, breach => breach.OtherIndex);
        List<Finding> findings = [];
        foreach (var finding in walk.Findings)
        {
            var index = finding.Alarm.Index!.Value;  // each is about one entry
            var evidence = await EntryEvidence.FindAsync(_mirror, checkpoint, index, ct) ?? [];
            if (others.GetValueOrDefault(index) is { } other
                && await EntryEvidence.FindAsync(_mirror, checkpoint, other, ct) is { } before)
            {
                evidence = [.. evidence, .. EntryEvidence.AsOther(before)];
            }

            findings.Add(finding with
            {
                Alarm = finding.Alarm with { Evidence = evidence.ToDictionary(pair => pair.Name, pair => pair.Blob) },
            });
        }

        return findings;
    }

    /// <summary>The alarm about contents; with the proof of what the log has signed when the own copy has it.</summary>
    private async Task<Finding> AlteredAsync(VerifiedCheckpoint signed, FileFault fault, CancellationToken ct)
    {
        List<(string Name, ReadOnlyMemory<byte> Blob)> evidence =
            [(EvidenceName.Checkpoint, signed.Note.ToBytes())];
        if (fault.Bundle is { } bundle)
        {
            evidence.Add((EvidenceName.Bundle, bundle));
        }

        if (fault.Index is { } index
            && await EntryEvidence.FindAsync(_mirror, signed, index, ct) is { } proven)
        {
            evidence.AddRange(proven);
        }

        return Finding.Of(
            fault.Refusal.Code is RefusalCode.TileMalformed or RefusalCode.EntryMalformed
                ? AlarmKind.Malformed
                : AlarmKind.Altered,
            AlarmLevel.Critical,
            _log.Origin,
            // The path of a file changes with the width of it; the entry that is meant stays the same.
            fault.Index is { } place
                ? FormattableString.Invariant($"contents {place}")
                : $"contents {fault.Refusal.Field}",
            $"{fault.Refusal.Message} Place: {_sources.InOrder.PlaceOf(fault.Refusal.Field ?? "tile")}.",
            fault.Index,
            evidence);
    }
}
