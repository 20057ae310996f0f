using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>Watches many logs, round after round (docs/spec/audit-log.md, section 7).</summary>
/// <remarks>In a round everything that can be done again comes first: reading, mirroring, alarms, cosignatures, tags.
/// The states are saved last. One round at a time.</remarks>
internal sealed class Watcher
{
    // So that forty logs of which half are silent fit into a round.
    private const int LogsAtATimeMax = 8;
    private const int GossipNodesPerRound = 2;

    // Fewer silent places may well be the logs' own doing.
    private const int PlacesForOutageMin = 3;

    // A longer break in watching is no silence of the logs.
    private static readonly TimeSpan BreakMax = TimeSpan.FromMinutes(5);

    private readonly WatcherParts _parts;
    private readonly Dictionary<string, LogRound> _rounds;
    private readonly Dictionary<string, LogState> _states = [];
    private readonly Reconciliation _reconciliation;
    private readonly HashSet<string> _withEntries;
    private readonly WitnessStep? _witness;

    /// <summary>Makes a watcher; <see cref="OpenAsync"/> comes first.</summary>
    public Watcher(WatcherParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _rounds = parts.Logs.ToDictionary(log => log.Origin, log => new LogRound(
            log, parts.SourcesOf(log), parts.Store.MirrorOf(log.Origin), parts.Settings));
        _withEntries = [.. parts.Logs.Where(log => log.HasEntries).Select(log => log.Origin)];
        _reconciliation = new Reconciliation(
            parts.Logs.Select(log => log.Origin).Concat(parts.OtherOrigins), parts.TagNodes, parts.Store);
        _witness = parts.Witness is null ? null : new WitnessStep(parts.Witness);
    }

    /// <summary>Reads what was kept.</summary>
    /// <returns>Done, or the refusal of the file that is damaged.</returns>
    public async Task<Result<Done>> OpenAsync(CancellationToken ct)
    {
        foreach (var log in _parts.Logs)
        {
            if (!_parts.Store.Load(log.Origin).TryGet(out var state, out var refusal))
            {
                return refusal;
            }

            if (!_rounds[log.Origin].IsSound(state))
            {
                return new Refusal(
                    RefusalCode.FieldMalformed,
                    $"What was kept of {log.Origin} does not fit together or does not bear its signature.");
            }

            _states[log.Origin] = state;
        }

        foreach (var state in _states.Values.Where(state => !_withEntries.Contains(state.Origin) && state.Size > 0))
        {
            _reconciliation.NoteHead(state.Origin, state.Size, state.CoveredAt, state.GrownAt);
        }

        return await _reconciliation.OpenAsync(
            _states.Where(pair => _withEntries.Contains(pair.Key)).ToDictionary(), ct);
    }

    /// <summary>Does one round.</summary>
    /// <returns>How each log stands.</returns>
    /// <exception cref="IOException">What must be kept cannot be; the round can be done again.</exception>
    public async Task<IReadOnlyList<LogReport>> RunRoundAsync(CancellationToken ct)
    {
        var now = _parts.Time.GetUtcNow();
        var outcomes = await LookAsync(now, ct);
        var isCutOff = IsCutOff(outcomes.Values);
        var receipts = _parts.Receipts?.List() ?? [];
        Dictionary<string, LogStanding> standings = [];
        foreach (var log in _parts.Logs)
        {
            var outcome = await GossipAsync(log, outcomes[log.Origin], ct);
            outcome = await HoldAgainstReceiptsAsync(log, outcome, receipts, now, ct);
            outcome = await CosignAsync(log, outcome, now, ct);
            var (state, watchedSince) = Looked(outcome.State, isCutOff, now);
            outcome = outcome with { State = state };
            var standing = Liveness.Judge(log, state, watchedSince, now);
            var findings = outcome.Findings;
            if (Liveness.FindingOf(log, outcome.State, standing) is { } silence)
            {
                findings = [.. findings, silence];
            }

            standings[log.Origin] = standing;
            outcomes[log.Origin] = outcome with { State = Raise(outcome.State, findings, now) };
        }

        await ReconcileAsync(outcomes, now, ct);
        foreach (var log in _parts.Logs)
        {
            SaveLast(outcomes[log.Origin].State);
        }

        return
        [
            .. _parts.Logs.Select(log => new LogReport(
                log.Origin,
                _states[log.Origin].Size,
                standings[log.Origin],
                _states[log.Origin].Raised.Count,
                outcomes[log.Origin].Unreachable)),
        ];
    }

    private async Task<Dictionary<string, RoundOutcome>> LookAsync(DateTimeOffset now, CancellationToken ct)
    {
        using var slots = new SemaphoreSlim(LogsAtATimeMax);
        var looks = _parts.Logs.Select(async log =>
        {
            await slots.WaitAsync(ct);
            try
            {
                return await _rounds[log.Origin].RunAsync(_states[log.Origin], now, ct);
            }
            finally
            {
                slots.Release();
            }
        }).ToList();
        var outcomes = await Task.WhenAll(looks);
        return outcomes.ToDictionary(outcome => outcome.State.Origin);
    }

    // Who can reach nobody is cut off himself, and accuses nobody of silence.
    private static bool IsCutOff(Dictionary<string, RoundOutcome>.ValueCollection outcomes) =>
        outcomes.Count >= PlacesForOutageMin && outcomes.All(outcome => outcome.Unreachable is not null);

    // A log is held to its hours only while somebody watches.
    private static (LogState State, DateTimeOffset WatchedSince) Looked(
        LogState state, bool isCutOff, DateTimeOffset now)
    {
        var since = state is { WatchedSince: { } from, LookedAt: { } last } && now - last <= BreakMax ? from : now;
        return (isCutOff ? state : state with { WatchedSince = since, LookedAt = now }, since);
    }

    private async Task<RoundOutcome> GossipAsync(WatchedLog log, RoundOutcome outcome, CancellationToken ct)
    {
        foreach (var node in DrawNodes())
        {
            if ((await node.GetSeenCheckpointsAsync(log.Origin, ct)).TryGet(out var notes, out _))
            {
                outcome = await CompareSeenAsync(log, outcome, notes, ct);
            }
        }

        return outcome;
    }

    private async Task<RoundOutcome> HoldAgainstReceiptsAsync(
        WatchedLog log,
        RoundOutcome outcome,
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> receipts,
        DateTimeOffset now,
        CancellationToken ct)
    {
        foreach (var (_, receipt) in receipts)
        {
            if (await _rounds[log.Origin].CompareReceiptAsync(outcome.State, receipt, now, ct) is { } finding)
            {
                outcome = outcome with { Findings = [.. outcome.Findings, finding] };
            }
        }

        return outcome;
    }

    private IEnumerable<IAuditNode> DrawNodes()
    {
        var nodes = _parts.GossipNodes;
        if (nodes.Count <= GossipNodesPerRound)
        {
            return nodes;
        }

        HashSet<int> drawn = [];
        while (drawn.Count < GossipNodesPerRound)
        {
            drawn.Add((int)_parts.Settings.Draw(nodes.Count));
        }

        return drawn.Order().Select(index => nodes[index]);
    }

    private async Task<RoundOutcome> CompareSeenAsync(
        WatchedLog log, RoundOutcome outcome, IReadOnlyList<ReadOnlyMemory<byte>> notes, CancellationToken ct)
    {
        foreach (var note in notes)
        {
            var (finding, state) = await _rounds[log.Origin].CompareSeenAsync(outcome.State, note, ct);
            outcome = outcome with
            {
                State = state,
                Findings = finding is null ? outcome.Findings : [.. outcome.Findings, finding],
            };
        }

        return outcome;
    }

    private async Task<RoundOutcome> CosignAsync(
        WatchedLog log, RoundOutcome outcome, DateTimeOffset now, CancellationToken ct)
    {
        if (_witness is null || _parts.Witness is null || outcome.Checkpoint is not { } checkpoint)
        {
            return outcome;
        }

        var round = _rounds[log.Origin];
        WitnessOutcome answer;
        try
        {
            answer = await _witness.AskAsync(checkpoint, round.OwnTiles, ct);
        }
        catch (SourceUnreachableException)
        {
            return outcome;
        }

        if (answer.IsContradicted)
        {
            var seen = await _parts.Witness.GetSeenCheckpointsAsync(log.Origin, ct);
            var compared = seen.TryGet(out var notes, out _)
                ? await CompareSeenAsync(log, outcome, notes, ct)
                : outcome;
            return compared.Findings.Any(finding => finding.Alarm.Kind == AlarmKind.SplitView)
                ? compared
                : compared with { Findings = [.. compared.Findings, LogRound.Contradicted(checkpoint)] };
        }

        return _parts.WitnessKey is { } key && answer.Cosignatures.Any(line => line.IsOf(key))
            ? round.TakeCosignatures(outcome, [.. answer.Cosignatures.Where(line => line.IsOf(key))], key, now)
            : outcome;
    }

    private LogState Raise(LogState state, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        if (findings.All(finding => state.Raised.ContainsKey(finding.Cause)))
        {
            return state;
        }

        var raised = state.Raised.ToDictionary();
        foreach (var finding in findings)
        {
            if (raised.TryAdd(finding.Cause, now))
            {
                var place = _parts.Store.Keep(finding.Cause, finding.Alarm);
                _parts.OnAlarm(new RaisedAlarm(finding.Alarm, now, place));
            }
        }

        foreach (var (cause, _) in raised.OrderByDescending(pair => pair.Value).Skip(LogState.RaisedMax).ToList())
        {
            raised.Remove(cause);
        }

        return state with { Raised = raised };
    }

    private async Task ReconcileAsync(
        Dictionary<string, RoundOutcome> outcomes, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var origin in _withEntries.Order(StringComparer.Ordinal))
        {
            _reconciliation.Feed(origin, outcomes[origin]);
        }

        foreach (var (origin, outcome) in outcomes.Where(pair => !_withEntries.Contains(pair.Key)))
        {
            foreach (var mark in outcome.Marks)
            {
                _reconciliation.NoteHead(origin, mark.Size, mark.At, mark.By);
            }
        }

        await _reconciliation.AskAsync(_withEntries, ct);
        foreach (var found in _reconciliation.Judge())
        {
            // The book knows what was said before; a state need not.
            var cause = $"{found.Kind} {found.Level} {found.Tag} {found.Origin}";
            var alarm = found.ToAlarm(await EvidenceOfAsync(found, outcomes, ct));
            _parts.OnAlarm(new RaisedAlarm(alarm, now, _parts.Store.Keep(cause, alarm)));
        }

        _reconciliation.Save();
    }

    private async Task<Dictionary<string, ReadOnlyMemory<byte>>> EvidenceOfAsync(
        TagFinding found, Dictionary<string, RoundOutcome> outcomes, CancellationToken ct)
    {
        var proven = _withEntries.Contains(found.Origin) && outcomes[found.Origin].Checkpoint is { } checkpoint
            ? await EntryEvidence.FindAsync(_parts.Store.MirrorOf(found.Origin), checkpoint, found.Index, ct)
            : null;
        var evidence = (proven ?? []).ToDictionary(pair => pair.Name, pair => pair.Blob);

        // What the other log says of it is what it does not say: how far it had come stands in its checkpoint.
        var other = found.Origin == found.Sender ? found.Receiver : found.Sender;
        if (outcomes.TryGetValue(other, out var outcome) && outcome.Checkpoint is { } otherCheckpoint)
        {
            evidence[EvidenceName.OtherCheckpoint] = otherCheckpoint.Note.ToBytes();
        }

        return evidence;
    }

    private void SaveLast(LogState state)
    {
        var before = _states[state.Origin];
        if (state != before)
        {
            _parts.Store.Save(state);
        }

        if (state.Size > before.Size && _withEntries.Contains(state.Origin))
        {
            _parts.Store.MirrorOf(state.Origin).Trim(before.Size, state.Size);
        }

        _states[state.Origin] = state;
    }
}
