using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Verify;

/// <summary>Reads every entry of a log, holds the rules between them, and counts them.</summary>
/// <param name="onProgress">Is told the number of entries read, every so often; null for nobody.</param>
/// <param name="onEntry">Is given each entry; null for nobody.</param>
/// <param name="newestAt">Newest moment of the entries before those that are read; null when there are none.</param>
internal sealed class EntryCensus(
    Action<long>? onProgress, Action<LogEntry>? onEntry = null, DateTimeOffset? newestAt = null)
{
    private const long EntriesPerStep = 1_000_000;

    private readonly EntryRules _rules = new(newestAt);
    private readonly List<(long Index, LogEntry Entry)> _erasures = [];
    private readonly SortedDictionary<AuditEvent, long> _events = [];
    private long _count;

    /// <summary>Moment of the earliest entry; null before the first.</summary>
    public DateTimeOffset? FirstAt { get; private set; }

    /// <summary>Moment of the latest entry; null before the first.</summary>
    public DateTimeOffset? LastAt => _rules.NewestAt;

    /// <summary>The entries that say that a detail was erased.</summary>
    public IReadOnlyList<(long Index, LogEntry Entry)> Erasures => _erasures;

    /// <summary>How many entries of each event there are.</summary>
    public IReadOnlyDictionary<AuditEvent, long> Events => _events;

    /// <summary>Looks at one entry (<see cref="EntryVisitor"/>).</summary>
    public Refusal? Visit(long index, ReadOnlySpan<byte> bytes)
    {
        if (!LogEntry.Parse(bytes).TryGet(out var entry, out var refusal))
        {
            return refusal;
        }

        if (entry.Event == AuditEvent.DetailErased)
        {
            _erasures.Add((index, entry));
        }

        onEntry?.Invoke(entry);
        FirstAt ??= entry.At;
        _events[entry.Event] = _events.GetValueOrDefault(entry.Event) + 1;
        if (++_count % EntriesPerStep == 0)
        {
            onProgress?.Invoke(_count);
        }

        return _rules.Check(index, entry);
    }
}
