using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>Reads new entries in order: their form, the rules between them, and what they say about packets.</summary>
/// <remarks>An entry that breaks a rule is a finding and no more: the log has signed it, so the tree goes on.</remarks>
internal sealed class EntryWalk
{
    // How closely the times of the entries are followed where there are no others.
    private static readonly TimeSpan MarkEvery = TimeSpan.FromMinutes(5);

    /// <summary>Most findings of one kind in one look: what is wrong with a thousand entries is said of the first few,
    /// and the log holds the rest.</summary>
    public const int FindingsMax = 16;

    private readonly string _origin;
    private readonly DateTimeOffset? _without;
    private readonly DateTimeOffset _with;
    private readonly EntryRules _rules;
    private readonly List<Finding> _findings = [];
    private readonly List<(long Index, LogEntry Entry)> _packets = [];
    private readonly List<(long Size, DateTimeOffset At)> _marks = [];
    private readonly List<(long Index, LogEntry Entry)> _erasures = [];
    private readonly List<(long Index, long? OtherIndex)> _breaches = [];
    private DateTimeOffset? _coveredAt;
    private long _size;

    /// <summary>Begins behind what is known.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="latestAt">The latest minute so far; null before the first entry.</param>
    /// <param name="latestIndex">Index of the entry that says it first.</param>
    /// <param name="without">When a quorum last stood behind the log without these entries; null for never.</param>
    /// <param name="with">When it is seen with them.</param>
    public EntryWalk(
        string origin, DateTimeOffset? latestAt, long latestIndex, DateTimeOffset? without, DateTimeOffset with)
    {
        (_origin, _rules, _coveredAt) = (origin, new EntryRules(latestAt), latestAt);
        (_without, _with) = (without, with);
        LatestIndex = latestIndex;
    }

    /// <summary>Index of the entry that has the latest minute first.</summary>
    public long LatestIndex { get; private set; }

    /// <summary>The latest minute in an entry.</summary>
    public DateTimeOffset? LatestAt => _rules.NewestAt;

    /// <summary>What is wrong with single entries.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The entries that break a rule, with the entry against which they do.</summary>
    public IReadOnlyList<(long Index, long? OtherIndex)> Breaches => _breaches;

    /// <summary>The entries about packets.</summary>
    public IReadOnlyList<(long Index, LogEntry Entry)> Packets => _packets;

    /// <summary>The entries that say that a detail was erased; whether it is that of the entry that they name, a reader
    /// of the whole log can tell.</summary>
    public IReadOnlyList<(long Index, LogEntry Entry)> Erasures => _erasures;

    /// <summary>How the log advanced by what its entries say of their time: for who compares logs without having
    /// watched them.</summary>
    public IReadOnlyList<(long Size, DateTimeOffset At)> Marks =>
        LatestAt is { } latest ? [.. _marks, (_size, latest)] : [];

    /// <summary>Takes the next entry.</summary>
    public void Add(long index, ReadOnlyMemory<byte> bytes)
    {
        _size = index + 1;
        if (!LogEntry.Parse(bytes.Span).TryGet(out var entry, out var refusal))
        {
            Find(AlarmKind.Malformed, index, $"{refusal.Message}", bytes);
            return;
        }

        if (EntryRules.CheckMoment(index, entry, _without, _with) is { } wrong)
        {
            // A clock that is wrong is one matter a day, not one an entry. One that is ahead must not make all that
            // follow look old.
            var cause = FormattableString.Invariant($"moment {_with:yyyy-MM-dd}");
            Find(AlarmKind.EntryRule, index, $"{wrong.Message} It says {entry.At:u}.", bytes, cause);
        }
        else
        {
            CheckOrder(index, entry, bytes);
        }

        if (entry.Event is not AuditEvent.Local)
        {
            _packets.Add((index, entry));
        }

        if (entry.Event is AuditEvent.DetailErased)
        {
            _erasures.Add((index, entry));
        }
    }

    private void CheckOrder(long index, LogEntry entry, ReadOnlyMemory<byte> bytes)
    {
        var latest = LatestAt;
        if (_rules.Check(index, entry) is { } breach)
        {
            Find(AlarmKind.EntryRule, index, breach.Message, bytes);
            _breaches.Add((index, breach.Code == RefusalCode.EntryTimeWrong ? LatestIndex : null));
        }

        LatestIndex = LatestAt == latest ? LatestIndex : index;
        Mark();
    }

    private void Mark()
    {
        if (LatestAt is not { } latest || latest == _coveredAt)
        {
            return;
        }

        if (_coveredAt is { } before && (_marks.Count == 0 || latest - _marks[^1].At >= MarkEvery))
        {
            _marks.Add((_size - 1, before));
        }

        _coveredAt = latest;
    }

    private void Find(AlarmKind kind, long index, string text, ReadOnlyMemory<byte> entry, string? cause = null)
    {
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(Finding.Of(
                kind,
                AlarmLevel.High,
                _origin,
                cause ?? FormattableString.Invariant($"entry {index}"),
                FormattableString.Invariant($"Entry {index}: {text}"),
                index,
                (EvidenceName.Entry, entry)));
        }
    }
}
