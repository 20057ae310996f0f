using CbssReturn.AuditLog;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>One step of the sequencer while it is put together, on an edge of its own.</summary>
/// <param name="edge">The edge that the step starts from; it stays as it is.</param>
/// <param name="newestAt">Newest moment in the log.</param>
internal sealed class AuditStep(RightEdge edge, DateTimeOffset newestAt)
{
    private readonly List<IntegratedEntry> _entries = [];

    public RightEdge Edge { get; } = edge.Copy();

    public DateTimeOffset NewestAt { get; private set; } = newestAt;

    public IReadOnlyList<IntegratedEntry> Entries => _entries;

    public long Size => Edge.Size;

    /// <summary>Adds the entry of an intake row. A clock that was set back does not take the log back with it: the true
    /// second stands in the detail. So does how something local ended: a pad is always done.</summary>
    public void Add(AuditIntakeRow row, TimeSpan backwardMax, DateTimeOffset notBefore)
    {
        var entry = row.ToEntry();
        entry = entry.Event is AuditEvent.Local ? entry with { Outcome = AuditOutcome.Done } : entry;
        var earliest = NewestAt - backwardMax > notBefore ? NewestAt - backwardMax : notBefore;
        Append(entry.At < earliest ? entry with { At = earliest } : entry, row.Sequence, row.Subject);
    }

    /// <summary>Adds pads that bear the last minute of an interval, but are not older than what stands before them.
    /// </summary>
    public void Pad(AuditPads pads, int count, DateTimeOffset endsAt)
    {
        var minute = AuditIntakeRow.MinuteOf(endsAt.AddSeconds(-1));
        for (var i = 0; i < count; i++)
        {
            Append(pads.EntryAt(Size, minute > NewestAt ? minute : NewestAt), null, null);
        }
    }

    public AuditIntegration ToIntegration(AuditHead head) => new()
    {
        Generation = head.Generation,
        ExpectedSize = head.Size,
        Entries = _entries,
        Tiles = Edge.TakeChanged(),
        Root = Edge.Root(),
    };

    private void Append(LogEntry entry, long? sequence, Storage.RowId? subject)
    {
        var bytes = entry.ToBytes();
        Edge.Append(LogHash.Leaf(bytes));
        _entries.Add(new IntegratedEntry(bytes, sequence, subject));
        NewestAt = entry.At > NewestAt ? entry.At : NewestAt;
    }
}
