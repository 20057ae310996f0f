using CbssReturn.AuditLog;
using CbssReturn.Auditor.Verify;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

// What the log has grown by.
internal sealed partial class LogRound
{
    private async Task<RoundOutcome> GrowAsync(
        LogState state, VerifiedCheckpoint? known, VerifiedCheckpoint shown, DateTimeOffset now, CancellationToken ct)
    {
        if (!_log.HasEntries)
        {
            return await GrowByHashesAsync(state, known, shown, now, ct);
        }

        var edge = await LoadEdgeAsync(state, ct);
        var next = Grown(state, shown, now);
        var walk = new EntryWalk(
            _log.Origin,
            state.LatestEntryAt,
            state.LatestEntryIndex,
            state.EntriesSince,
            now);
        var wasRight = true;
        var fault = await new LogExtension(_sources.InOrder, _mirror).ReadAsync(
            edge,
            shown.Checkpoint.Size,
            (index, entry) =>
            {
                if (index >= state.Size)
                {
                    walk.Add(index, entry);
                }
                else if (index + 1 == state.Size)
                {
                    // The own copy was lost and all is read again: it must lead to what was known.
                    wasRight = edge.Root() == state.Root;
                }
            },
            ct);
        if (fault is not null || !wasRight || edge.Root() != shown.Checkpoint.Root)
        {
            _mirror.DropStaged();
            return fault is { IsMissing: true }
                ? Missing(state, known, fault, now)
                : Found(state, known, await ExplainAsync(known, shown, fault, ct));
        }

        _mirror.Stage(TileLayout.CheckpointPath, shown.Note.ToBytes());
        _mirror.KeepStaged();
        next = next with
        {
            LatestEntryAt = walk.LatestAt,
            LatestEntryIndex = walk.LatestIndex,
            EntriesSince = state.EntriesSinceNext,
            EntriesSinceNext = WitnessedMoment.OfQuorum(shown, _log.Policy, now) is { } at
                ? Later(state.EntriesSinceNext, at)
                : state.EntriesSinceNext,
        };
        return await CompareAheadAsync(
            new RoundOutcome
            {
                State = next,
                Checkpoint = shown,
                Findings =
                [
                    .. await ProveAsync(walk, shown, ct),
                    .. await CheckErasuresAsync(walk.Erasures, shown, ct),
                ],
                Packets = walk.Packets,
                Marks = MarksOf(next),
            },
            ct);
    }

    private async Task<RoundOutcome> GrowByHashesAsync(
        LogState state, VerifiedCheckpoint? known, VerifiedCheckpoint shown, DateTimeOffset now, CancellationToken ct)
    {
        var (answer, alarm) = known is null
            ? (ForkAnswer.Continued, null)
            : await ForkSearch.CompareAsync(_sources.InOrder, known, shown, ct);
        return answer switch
        {
            ForkAnswer.Continued => await CompareAheadAsync(JoinedByHashes(Grown(state, shown, now), shown), ct),
            ForkAnswer.Forked => Found(state, known, [new Finding(SplitCause, alarm!)]),  // Forked has an alarm
            ForkAnswer.Unproven => Missing(
                state,
                known,
                new FileFault(new Refusal(
                    RefusalCode.ConsistencyWrong, "The hashes that it shows do not join its checkpoints.")),
                now),
            _ => throw new InvalidOperationException($"There is no answer {answer}."),
        };
    }

    private async Task<RoundOutcome> CompareAheadAsync(RoundOutcome outcome, CancellationToken ct)
    {
        List<Finding> findings = [.. outcome.Findings];
        List<ReadOnlyMemory<byte>> ahead = [];
        foreach (var note in outcome.State.Ahead)
        {
            var seen = CheckpointReader.Read(note.Span, _log.Key, [], 0);
            if (!seen.IsOk)
            {
                continue;
            }

            var (answer, fork) = seen.Value.Checkpoint.Size > outcome.State.Size
                ? (ForkAnswer.Unproven, null)
                : await FindForkAsync(OwnTiles, outcome.Checkpoint!, seen.Value, ct);  // it just grew
            if (answer == ForkAnswer.Unproven)
            {
                ahead.Add(note);
            }

            if (fork is not null)
            {
                findings.Add(fork);
            }
        }

        return outcome with { State = outcome.State with { Ahead = ahead }, Findings = findings };
    }

    /// <summary>Says what is wrong with entries that do not lead to the root: another history, or other contents.
    /// </summary>
    private async Task<IReadOnlyList<Finding>> ExplainAsync(
        VerifiedCheckpoint? known, VerifiedCheckpoint shown, FileFault? fault, CancellationToken ct)
    {
        if (known is { Checkpoint.Size: > 0 }
            && await FindForkAsync(_sources.InOrder, known, shown, ct) is { Fork: { } fork })
        {
            var index = await ForkSearch.FirstDifferenceAsync(_mirror, _sources.InOrder, known.Checkpoint.Size, ct);
            return [fork with { Alarm = fork.Alarm with { Index = index } }];
        }

        fault ??= await AuditWholeAsync(shown, ct);
        return fault is null ? [] : [await AlteredAsync(known ?? shown, fault, ct)];
    }

    private static RoundOutcome JoinedByHashes(LogState next, VerifiedCheckpoint shown) =>
        Found(next, shown, []) with { Marks = MarksOf(next) };

    private static LogMark[] MarksOf(LogState state) =>
        state.CoveredAt is { } at ? [new LogMark(state.Size, at, state.GrownAt ?? at)] : [];

    private LogState Grown(LogState state, VerifiedCheckpoint shown, DateTimeOffset now) => state with
    {
        Note = shown.Note.ToBytes(),
        Size = shown.Checkpoint.Size,
        Root = shown.Checkpoint.Root,
        GrownAt = now,
        CoveredAt = Later(state.CoveredAt, WitnessedMoment.OfSeen(shown, _log, state.GrownAt, now)),
        IncompleteSince = null,
        // A log that is met for the first time was hashed from its first entry on.
        AuditedAt = state.AuditedAt ?? now,
    };

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private RoundOutcome Missing(LogState state, VerifiedCheckpoint? known, FileFault fault, DateTimeOffset now) =>
        Found(Incomplete(state, now), known, MissingFor(state, fault, now)) with { IsIncomplete = true };

    private static LogState Incomplete(LogState state, DateTimeOffset now) =>
        state with { IncompleteSince = state.IncompleteSince ?? now };

    // Entries may come a little after the checkpoint that promises them.
    private IReadOnlyList<Finding> MissingFor(LogState state, FileFault fault, DateTimeOffset now) =>
        state.IncompleteSince is { } since && now - since >= _settings.MissingAfter
            ? [Finding.Of(
                AlarmKind.Altered,
                AlarmLevel.High,
                _log.Origin,
                FormattableString.Invariant($"missing {state.Size}"),
                $"The log does not show all that it has signed: {fault.Refusal.Message}",
                fault.Index)]
            : [];

    /// <summary>The edge of the own copy; of one that is lost or damaged the empty one, so that all is read
    /// again.</summary>
    private async Task<RightEdge> LoadEdgeAsync(LogState state, CancellationToken ct) =>
        (await RightEdge.LoadAsync(_mirror, state.Size, ct)).TryGet(out var edge, out _) && edge.Root() == state.Root
            ? edge
            : RightEdge.Empty();
}
