using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Sources;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>Compares the logs of nodes once, from their first entries on, whatever was kept of them before.</summary>
internal sealed class ReconcileOnce
{
    // Shorter steps than two hours, which would count as sleep.
    private static readonly TimeSpan StepMax = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, RoundOutcome> _outcomes = [];
    private readonly Reconciliation _reconciliation;

    /// <summary>Prepares the comparison.</summary>
    /// <param name="origins">Origins of all known logs.</param>
    /// <param name="tagNodes">Who tells the tags of logs whose entries are not shown here, by origin.</param>
    /// <param name="now">The moment.</param>
    public ReconcileOnce(
        IEnumerable<string> origins, IReadOnlyDictionary<string, IAuditNode> tagNodes, DateTimeOffset now) =>
        (_reconciliation, _now) = (new Reconciliation(origins, tagNodes, new NoStore()), now);

    /// <summary>Number of pairs of logs that name each other.</summary>
    public int PairCount => _reconciliation.BookCount;

    /// <summary>Reads a whole log, and verifies it on the way.</summary>
    /// <returns>Its size, or why it was not read.</returns>
    /// <exception cref="SourceUnreachableException">The source does not answer.</exception>
    public async Task<Result<long>> ReadAsync(WatchedLog log, ILogSource source, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!(await source.ReadCheckpointAsync(ct)).TryGet(out var note, out var refusal)
            || !CheckpointReader.Read(note.Span, log.Key, log.Witnesses, 0).TryGet(out var checkpoint, out refusal))
        {
            return refusal;
        }

        var walk = new EntryWalk(log.Origin, null, 0, null, _now);
        var audit = new TreeAudit(source, RightEdge.Empty());
        var (size, root) = (checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Root);
        var fault = await audit.AdvanceAsync(
            size,
            root,
            (index, entry) =>
            {
                walk.Add(index, entry.ToArray());
                return null;
            },
            ct);
        if (fault is not null)
        {
            return fault.Refusal;
        }

        _outcomes[log.Origin] = new RoundOutcome
        {
            State = State.LogState.New(log.Origin),
            Packets = walk.Packets,
            Marks = [.. walk.Marks.Select(mark => new LogMark(mark.Size, mark.At, mark.At))],
        };
        return size;
    }

    /// <summary>Reads how large a log is whose tags somebody else tells.</summary>
    /// <returns>Its size, or why it was not read.</returns>
    /// <exception cref="SourceUnreachableException">The source does not answer.</exception>
    public async Task<Result<long>> ReadHeadAsync(WatchedLog log, ILogSource source, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!(await source.ReadCheckpointAsync(ct)).TryGet(out var note, out var refusal)
            || !CheckpointReader.Read(note.Span, log.Key, log.Witnesses, 0).TryGet(out var checkpoint, out refusal))
        {
            return refusal;
        }

        _reconciliation.NoteHead(log.Origin, checkpoint.Checkpoint.Size, null, null);
        return checkpoint.Checkpoint.Size;
    }

    /// <summary>Says where the logs disagree.</summary>
    /// <param name="ahead">What would be found if every log went on for so long and said nothing more; zero for what is
    /// found now.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IReadOnlyList<TagFinding>> JudgeAsync(TimeSpan ahead, CancellationToken ct)
    {
        foreach (var (origin, outcome) in _outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _reconciliation.Feed(origin, outcome);
        }

        await _reconciliation.AskAsync(_outcomes.Keys.ToHashSet(), ct);
        for (var done = TimeSpan.Zero; done < ahead; done += StepMax)
        {
            _reconciliation.Advance(ahead - done < StepMax ? ahead - done : StepMax);
        }

        return _reconciliation.Judge();
    }
}
