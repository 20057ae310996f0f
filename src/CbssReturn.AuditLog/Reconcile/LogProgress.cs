namespace CbssReturn.AuditLog;

/// <summary>How far one log has been looked at, and how much of the time it was awake.</summary>
/// <remarks>A log that is awake grows at every checkpoint, by padding if by nothing else. So a pause of more than <see
/// cref="PauseMin"/> between two of its moments is sleep, and no clock of reconciliation runs in it.</remarks>
internal sealed class LogProgress(string origin)
{
    /// <summary>Longest silence of a log that is awake: two of the longest publishing intervals.</summary>
    public static readonly TimeSpan PauseMin = TimeSpan.FromHours(2);

    // The oldest go first; time in them then counts as awake, which makes alarms earlier and never loses one.
    private const int PausesMax = 1024;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _pauses = [];

    /// <summary>Origin of the log.</summary>
    public string Origin { get; } = origin;

    /// <summary>How entries of other logs name this one.</summary>
    public ReadOnlyMemory<byte> PeerName { get; } = LogEntry.PeerName(origin);

    /// <summary>Index of the entry to go on from.</summary>
    public long NextIndex { get; private set; }

    /// <summary>Number of packets that are remembered because of what this log said.</summary>
    public int Owned { get; set; }

    /// <summary>Newest moment at which the log was known to <see cref="NextIndex"/> or less; null for none.</summary>
    public DateTimeOffset? CoveredUntil { get; private set; }

    /// <summary>Entries below may have been forgotten.</summary>
    public long ForgottenBelow { get; private set; }

    /// <summary>Takes state that was kept.</summary>
    public static LogProgress Restore(TagLogState state)
    {
        var progress = new LogProgress(state.Origin)
        {
            NextIndex = state.NextIndex,
            CoveredUntil = state.CoveredUntil is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            ForgottenBelow = state.ForgottenBelow,
        };
        progress._pauses.AddRange(state.Pauses.Chunk(2).Select(pair =>
            (DateTimeOffset.FromUnixTimeSeconds(pair[0]), DateTimeOffset.FromUnixTimeSeconds(pair[1]))));
        return progress;
    }

    /// <summary>The state to keep.</summary>
    public TagLogState ToState() => new()
    {
        Origin = Origin,
        NextIndex = NextIndex,
        CoveredUntil = CoveredUntil?.ToUnixTimeSeconds(),
        ForgottenBelow = ForgottenBelow,
        Pauses = [.. _pauses.SelectMany(pause => new[] { pause.From, pause.To }).Select(at => at.ToUnixTimeSeconds())],
    };

    /// <summary>Notes that every entry below a size was looked at; it never goes back.</summary>
    public void Reach(long size) => NextIndex = Math.Max(NextIndex, size);

    /// <summary>Notes that the log is known to a size and a moment; neither ever goes back.</summary>
    public void Advance(long size, DateTimeOffset until)
    {
        Reach(size);
        if (CoveredUntil is not { } before)
        {
            CoveredUntil = until;
            return;
        }

        if (until - before > PauseMin)
        {
            _pauses.Add((before, until));
            _pauses.RemoveRange(0, Math.Max(0, _pauses.Count - PausesMax));
        }

        CoveredUntil = until > before ? until : before;
    }

    /// <summary>Notes that what stands at an index is forgotten.</summary>
    public void Forget(long index) => ForgottenBelow = Math.Max(ForgottenBelow, index + 1);

    /// <summary>How long the log was awake from one moment to another; zero when the other is not later.</summary>
    public TimeSpan AwakeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var awake = to - from;
        foreach (var pause in _pauses)
        {
            var begin = pause.From > from ? pause.From : from;
            var end = pause.To < to ? pause.To : to;
            awake -= end > begin ? end - begin : TimeSpan.Zero;
        }

        return awake > TimeSpan.Zero ? awake : TimeSpan.Zero;
    }
}
