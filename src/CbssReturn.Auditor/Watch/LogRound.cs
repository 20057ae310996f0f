using CbssReturn.AuditLog;
using CbssReturn.Auditor.Verify;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>One look at one log: what it shows is compared with what is known of it (docs/spec/audit-log.md, section
/// 7).
/// </summary>
/// <remarks>Writes to the mirror, and only what leads to a signed root; saves nothing else, so that a round that ends
/// halfway is simply done again. One round at a time.</remarks>
internal sealed partial class LogRound
{
    private const int ComparedMax = 1024;

    // Texts of checkpoints that the log has signed and continues.
    private readonly HashSet<string> _compared = [];

    private readonly WatchedLog _log;
    private readonly LogSources _sources;
    private readonly ILogMirror _mirror;
    private readonly RoundSettings _settings;

    // The notes that were read last, and what they say: a log that has not grown costs no signature.
    private (ReadOnlyMemory<byte> Note, VerifiedCheckpoint? Says) _lastShown;
    private (ReadOnlyMemory<byte> Note, VerifiedCheckpoint? Says) _lastKnown;

    /// <summary>Prepares rounds.</summary>
    /// <param name="log">The log.</param>
    /// <param name="sources">Where it is read.</param>
    /// <param name="mirror">The auditor's own copy.</param>
    /// <param name="settings">How much is looked at again.</param>
    public LogRound(WatchedLog log, LogSources sources, ILogMirror mirror, RoundSettings settings) =>
        (_log, _sources, _mirror, _settings) = (log, sources, mirror, settings);

    /// <summary>Hashes of the tree that was audited: the own copy, or the log's own for one whose entries are not shown
    /// here.</summary>
    public ITileSource OwnTiles => _log.HasEntries ? _mirror : _sources.InOrder;

    /// <summary>Says whether what was kept of the log fits together and bears its signature; if not, the auditor's own
    /// files are damaged, and that is no word about the log.</summary>
    public bool IsSound(LogState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Note.IsEmpty
            ? state is { Size: 0, GrownAt: null }
            : Read(state.Note).TryGet(out var known, out _)
                && known.Checkpoint.Size == state.Size
                && known.Checkpoint.Root == state.Root;
    }

    /// <summary>The finding that the own witness has cosigned another history, when nobody can show it.</summary>
    public static Finding Contradicted(VerifiedCheckpoint checkpoint) => Finding.Of(
        AlarmKind.SplitView,
        AlarmLevel.Critical,
        checkpoint.Checkpoint.Origin,
        "witness",
        "The own witness has cosigned another history of the log than the one that was audited.",
        null,
        (EvidenceName.Checkpoint, checkpoint.Note.ToBytes()));

    /// <summary>Looks at the log.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known now, and what was found; a source that does not answer is no finding.</returns>
    public async Task<RoundOutcome> RunAsync(LogState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _mirror.DropStaged();
        try
        {
            var shown = await _sources.InOrder.ReadCheckpointAsync(cancellationToken);
            if (shown.TryGet(out var note, out _))
            {
                return await CompareAsync(state, note, now, cancellationToken);
            }

            // A node that has published nothing yet; one that had is silent, and its hours say what that means.
            return new RoundOutcome { State = state, Checkpoint = KnownOf(state) };
        }
        catch (SourceUnreachableException silence)
        {
            _mirror.DropStaged();
            return new RoundOutcome { State = state, Checkpoint = KnownOf(state), Unreachable = silence.Refusal };
        }
    }

    /// <summary>Compares a checkpoint that somebody else was shown with what is known.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="note">The note; when the log did not sign it, it says nothing about the log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The finding, or null; and the state, which remembers a checkpoint that is ahead, or that the tiles at
    /// hand prove nothing about.</returns>
    public async Task<(Finding? Finding, LogState State)> CompareSeenAsync(
        LogState state, ReadOnlyMemory<byte> note, CancellationToken cancellationToken)
    {
        // Most of what others have seen is what was compared before: only its first look costs a signature.
        if (!SignedNote.Parse(note.Span).TryGet(out var parsed, out _)
            || _compared.Contains(parsed.Text)
            || !CheckpointReader.Read(note.Span, _log.Key, [], 0).TryGet(out var seen, out _))
        {
            return (null, state);
        }

        if (KnownOf(state) is not { } known || seen.Checkpoint.Size > known.Checkpoint.Size)
        {
            return KeepAhead(state, seen);
        }

        try
        {
            var (answer, fork) = await FindForkAsync(OwnTiles, known, seen, cancellationToken);
            if (answer == ForkAnswer.Continued)
            {
                NoteCompared(parsed.Text);
            }

            return answer == ForkAnswer.Unproven ? KeepAhead(state, seen) : (fork, state);
        }
        catch (SourceUnreachableException)
        {
            return (null, state);
        }
    }

    /// <summary>Puts cosignatures of the own witness under the checkpoint that was audited.</summary>
    /// <param name="outcome">The round so far.</param>
    /// <param name="lines">What the witness gave.</param>
    /// <param name="witness">Its key.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The round with the longer note, or as it was when a line does not verify.</returns>
    public RoundOutcome TakeCosignatures(
        RoundOutcome outcome, IReadOnlyList<NoteSignature> lines, VerifierKey witness, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Checkpoint is not { } checkpoint)
        {
            return outcome;
        }

        // Of one witness the newest line is enough, and a note has only so many.
        var bare = CheckpointNote.Without(checkpoint.Note, witness);
        if (!bare.With(lines).TryGet(out var longer, out _))
        {
            return outcome;
        }

        var note = longer.ToBytes();
        if (!CheckpointReader.Read(note, _log.Key, [.. _log.Witnesses.Append(witness).Distinct()], 0)
            .TryGet(out var read, out _))
        {
            return outcome;
        }

        _lastKnown = (note, read);
        if (_log.HasEntries)
        {
            _mirror.Stage(TileLayout.CheckpointPath, note);
            _mirror.KeepStaged();
        }

        var state = outcome.State with { Note = note };
        return outcome with
        {
            Checkpoint = read,
            State = Witnessed(outcome with { Checkpoint = read, State = state }, now),
        };
    }

    private void NoteCompared(string text)
    {
        // A new beginning now and then costs little.
        if (_compared.Count == ComparedMax)
        {
            _compared.Clear();
        }

        _compared.Add(text);
    }

    private async Task<RoundOutcome> CompareAsync(
        LogState state, ReadOnlyMemory<byte> note, DateTimeOffset now, CancellationToken ct)
    {
        if (!Read(note).TryGet(out var shown, out var refusal))
        {
            var finding = Finding.Of(
                AlarmKind.Malformed,
                AlarmLevel.High,
                _log.Origin,
                $"checkpoint {refusal.CodeText}",
                $"The checkpoint that the node shows is not believed: {refusal.Message}",
                null,
                (EvidenceName.Checkpoint, note));
            return new RoundOutcome { State = state, Checkpoint = KnownOf(state), Findings = [finding] };
        }

        var known = KnownOf(state);
        var outcome = (known?.Checkpoint.Size ?? -1).CompareTo(shown.Checkpoint.Size) switch
        {
            > 0 => await RollBackAsync(state, known!, shown, ct),  // a size above another is of a checkpoint
            0 when known!.Checkpoint.Root != shown.Checkpoint.Root => Found(
                state, known, [new Finding(SplitCause, SplitView.Find(known, shown)!)]),  // sizes equal, roots not
            0 => Same(state, known!, shown, now),  // a size equal to another is of a checkpoint
            < 0 => await GrowAsync(state, known, shown, now, ct),
        };
        return await LookAgainAsync(outcome with { State = Witnessed(outcome, now) }, state, now, ct);
    }

    private Result<VerifiedCheckpoint> Read(ReadOnlyMemory<byte> note)
    {
        foreach (var (read, says) in new[] { _lastKnown, _lastShown })
        {
            if (says is not null && read.Span.SequenceEqual(note.Span))
            {
                return says;
            }
        }

        var verified = CheckpointReader.Read(note.Span, _log.Key, _log.Witnesses, 0);
        if (verified.IsOk)
        {
            _lastShown = (note, verified.Value);
        }

        return verified;
    }

    private VerifiedCheckpoint? KnownOf(LogState state)
    {
        if (state.Note.IsEmpty)
        {
            return null;
        }

        var known = Read(state.Note).Value;  // whoever opens the state asks IsSound
        _lastKnown = (state.Note, known);
        return known;
    }

    private async Task<RoundOutcome> RollBackAsync(
        LogState state, VerifiedCheckpoint known, VerifiedCheckpoint shown, CancellationToken ct)
    {
        var (_, fork) = await FindForkAsync(OwnTiles, known, shown, ct);
        var evidence = fork?.Alarm.Evidence ?? new Dictionary<string, ReadOnlyMemory<byte>>
        {
            [EvidenceName.Checkpoint] = shown.Note.ToBytes(),
            [EvidenceName.OtherCheckpoint] = known.Note.ToBytes(),
        };
        var finding = Finding.Of(
            AlarmKind.Rollback,
            AlarmLevel.Critical,
            _log.Origin,
            FormattableString.Invariant($"{known.Checkpoint.Size}"),
            FormattableString.Invariant($"The log had {known.Checkpoint.Size} entries and shows ")
                + FormattableString.Invariant($"{shown.Checkpoint.Size}. ")
                + (fork is null
                    ? "What it shows is the start of what it had."
                    : "What it shows is not the start of what it had: it was signed anew."),
            shown.Checkpoint.Size,
            evidence.Select(pair => (pair.Key, pair.Value)));
        return Found(state, known, [finding]);
    }

    // No finding is no proof that they go together: the log may have held back the tiles that show it.
    private static async Task<(ForkAnswer Answer, Finding? Fork)> FindForkAsync(
        ITileSource tiles, VerifiedCheckpoint one, VerifiedCheckpoint other, CancellationToken ct)
    {
        var (answer, alarm) = await ForkSearch.CompareAsync(tiles, one, other, ct);
        return (answer, alarm is null ? null : new Finding(SplitCause, alarm));
    }

    private LogState Witnessed(RoundOutcome outcome, DateTimeOffset now)
    {
        var at = outcome.Checkpoint is { } checkpoint ? WitnessedMoment.Of(checkpoint, _log.Policy, now) : null;
        return at > (outcome.State.WitnessedAt ?? DateTimeOffset.MinValue)
            ? outcome.State with { WitnessedAt = at }
            : outcome.State;
    }

    // Of two notes of one tree the one counts that more or newer witnesses stand behind.
    private RoundOutcome Same(
        LogState state, VerifiedCheckpoint known, VerifiedCheckpoint shown, DateTimeOffset now)
    {
        var before = WitnessedMoment.Of(known, _log.Policy, now) ?? DateTimeOffset.MinValue;
        return WitnessedMoment.Of(shown, _log.Policy, now) is { } after && after > before
            ? Found(state with { Note = shown.Note.ToBytes() }, shown, [])
            : Found(state, known, []);
    }

    private static RoundOutcome Found(LogState state, VerifiedCheckpoint? known, IReadOnlyList<Finding> findings) =>
        new() { State = state, Checkpoint = known, Findings = findings };

    // One split is one matter, however many pairs of checkpoints show it.
    private static string SplitCause => AlarmJson.NameOf(AlarmKind.SplitView);
}
