using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>One step of the sequencer while it is put together, on an edge of its own.</summary>
/// <param name="edge">The edge that the step starts from; it stays as it is.</param>
/// <param name="newestAt">Newest moment in the log.</param>
/// <param name="last">Leaf hash of the last entry; <c>default</c> of an empty log.</param>
internal sealed class AuditStep(RightEdge edge, DateTimeOffset newestAt, Digest last)
{
    private readonly List<IntegratedEntry> _entries = [];

    public RightEdge Edge { get; } = edge.Copy();

    public DateTimeOffset NewestAt { get; private set; } = newestAt;

    public Digest Last { get; private set; } = last;

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
            PadAt(pads, minute);
        }
    }

    /// <summary>Adds the entries of intake rows with pads among them, at times that are drawn over the interval: in one
    /// of many minutes, pads that all stood at its end would be told by their minute and their place.</summary>
    public void AddSpread(
        IReadOnlyList<AuditIntakeRow> rows,
        TimeSpan backwardMax,
        DateTimeOffset notBefore,
        AuditPads pads,
        int count,
        DateTimeOffset endsAt,
        TimeSpan interval)
    {
        var first = AuditIntakeRow.MinuteOf(endsAt - interval);
        var minutes = (int)(interval.Ticks / TimeSpan.TicksPerMinute);
        var drawn = new Queue<DateTimeOffset>(Enumerable.Range(0, count)
            .Select(_ => first.AddMinutes(RandomNumberGenerator.GetInt32(minutes)))
            .Order());
        foreach (var row in rows)
        {
            while (drawn.TryPeek(out var minute)
                && (minute < row.AtMinute || (minute == row.AtMinute && RandomNumberGenerator.GetInt32(2) == 0)))
            {
                PadAt(pads, drawn.Dequeue());
            }

            Add(row, backwardMax, notBefore);
        }

        while (drawn.TryDequeue(out var minute))
        {
            PadAt(pads, minute);
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

    private void PadAt(AuditPads pads, DateTimeOffset minute) =>
        Append(pads.EntryAt(Size, minute > NewestAt ? minute : NewestAt, Last), null, null);

    private void Append(LogEntry entry, long? sequence, Storage.RowId? subject)
    {
        var bytes = entry.ToBytes();
        Last = LogHash.Leaf(bytes);
        Edge.Append(Last);
        _entries.Add(new IntegratedEntry(bytes, sequence, subject));
        NewestAt = entry.At > NewestAt ? entry.At : NewestAt;
    }
}
