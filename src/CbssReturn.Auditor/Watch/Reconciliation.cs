using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>Compares what the logs say about the packets between their nodes: one book for each two logs that have had
/// anything to do with each other, of which at least one is watched here with its entries.</summary>
/// <remarks>Saved before the states of the logs, and after its alarms are kept: what is fed or found twice changes
/// nothing.</remarks>
internal sealed class Reconciliation
{
    // Enough for what two nodes do in a round; the rest comes in the next.
    private const int PagesMax = 16;

    // Checkpoints of a log whose tags somebody else tells, until he has told them.
    private const int HeadsMax = 64;

    // A book in which only time has passed is saved every so many rounds; what is lost is fed again from the mirror.
    private const int RoundsUnsavedMax = 60;

    private readonly PeerNames _names;
    private readonly IReadOnlyDictionary<string, IAuditNode> _tagNodes;
    private readonly IAuditorStore _store;
    private readonly Dictionary<(string First, string Second), TagBook> _books = [];
    private readonly Dictionary<string, List<TagHead>> _heads = [];

    /// <summary>Opens the books that were kept.</summary>
    /// <param name="origins">Origins of all known logs.</param>
    /// <param name="tagNodes">For logs that are not watched here with their entries: the auditor who tells their
    /// tags.</param>
    /// <param name="store">Where the books are kept.</param>
    public Reconciliation(
        IEnumerable<string> origins, IReadOnlyDictionary<string, IAuditNode> tagNodes, IAuditorStore store) =>
        (_names, _tagNodes, _store) = (new PeerNames(origins), tagNodes, store);

    /// <summary>Number of books.</summary>
    public int BookCount => _books.Count;

    /// <summary>Opens the books, and feeds them what the own copy of the logs has beyond them.</summary>
    /// <param name="known">The states of the logs that are watched with their entries, by origin.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Done, or the refusal of <see cref="IAuditorStore.LoadLedgers"/>.</returns>
    public async Task<Result<Done>> OpenAsync(IReadOnlyDictionary<string, LogState> known, CancellationToken ct)
    {
        if (!_store.LoadLedgers().TryGet(out var kept, out var refusal))
        {
            return refusal;
        }

        foreach (var state in kept)
        {
            var book = new TagBook(TagLedger.Restore(state), state.First.Origin, state.Second.Origin);
            _books[(book.First, book.Second)] = book;
            foreach (var origin in new[] { book.First, book.Second }.Where(known.ContainsKey))
            {
                await CatchUpAsync(book.Ledger, known[origin], ct);
            }
        }

        return Done.Instance;
    }

    /// <summary>Feeds the books what a log has grown by.</summary>
    public void Feed(string origin, RoundOutcome outcome)
    {
        foreach (var (_, entry) in outcome.Packets)
        {
            if (_names.Find(entry.Peer) is { } peer && peer != origin)
            {
                Open(origin, peer).HasNews = true;
            }
        }

        foreach (var book in _books.Values.Where(book => book.First == origin || book.Second == origin))
        {
            Feed(book.Ledger, origin, outcome);
        }
    }

    /// <summary>Notes a checkpoint, verified here, of a log whose tags somebody else tells: beyond it nothing is
    /// believed.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="size">Its size.</param>
    /// <param name="at">A moment at which the log had no more; null when none is known, then the other auditor's word
    /// counts.</param>
    /// <param name="by">A moment at which it had as many; null for the same.</param>
    public void NoteHead(string origin, long size, DateTimeOffset? at, DateTimeOffset? by)
    {
        if (!_heads.TryGetValue(origin, out var heads))
        {
            _heads.Add(origin, heads = []);
        }

        if (heads.Count == 0 || size > heads[^1].Size)
        {
            heads.Add(new TagHead(size, at, by));
            heads.RemoveRange(0, Math.Max(0, heads.Count - HeadsMax));
        }
    }

    /// <summary>Asks the auditors of logs that are not watched here for their tags.</summary>
    /// <param name="watched">Origins of the logs that are watched with their entries.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task AskAsync(IReadOnlySet<string> watched, CancellationToken ct)
    {
        foreach (var book in _books.Values)
        {
            var (own, other) = watched.Contains(book.First) ? (book.First, book.Second) : (book.Second, book.First);
            if (!watched.Contains(other)
                && _tagNodes.TryGetValue(other, out var node)
                && _heads.TryGetValue(other, out var heads))
            {
                await AskAsync(book, node, other, own, heads, ct);
            }
        }
    }

    /// <summary>Pretends that every log went on for a while and said nothing more about packets.</summary>
    /// <param name="time">How long.</param>
    public void Advance(TimeSpan time)
    {
        foreach (var book in _books.Values)
        {
            book.Advance(time);
        }
    }

    /// <summary>Says what is wrong by now and was not said before.</summary>
    public IReadOnlyList<TagFinding> Judge()
    {
        List<TagFinding> findings = [];
        foreach (var book in _books.Values)
        {
            var found = book.Ledger.Judge();
            book.HasNews |= found.Count > 0;
            findings.AddRange(found);
        }

        return findings;
    }

    /// <summary>Keeps the books that have changed; alarms about what they found are kept before.</summary>
    public void Save()
    {
        foreach (var book in _books.Values)
        {
            if (book.HasNews || ++book.RoundsUnsaved >= RoundsUnsavedMax)
            {
                _store.Save(book.Ledger.ToState());
                (book.HasNews, book.RoundsUnsaved) = (false, 0);
            }
        }
    }

    private static void Feed(TagLedger ledger, string origin, RoundOutcome outcome)
    {
        var marks = outcome.Marks.GetEnumerator();
        using (marks)
        {
            var hasMark = marks.MoveNext();
            foreach (var (index, entry) in outcome.Packets)
            {
                for (; hasMark && marks.Current.Size <= index; hasMark = marks.MoveNext())
                {
                    ledger.Cover(origin, marks.Current.Size, marks.Current.At, marks.Current.By);
                }

                ledger.Add(origin, index, entry);
            }

            for (; hasMark; hasMark = marks.MoveNext())
            {
                ledger.Cover(origin, marks.Current.Size, marks.Current.At, marks.Current.By);
            }
        }
    }

    private static async Task AskAsync(
        TagBook book,
        IAuditNode node,
        string other,
        string own,
        List<TagHead> heads,
        CancellationToken ct)
    {
        var verified = heads[^1].Size;
        for (var page = 0; page < PagesMax; page++)
        {
            var from = book.Ledger.NextIndexOf(other);
            if (from >= verified
                || !(await node.ExchangeTagsAsync(other, own, from, ct)).TryGet(out var answer, out _))
            {
                return;
            }

            foreach (var tag in answer.Tags)
            {
                if (!book.Ledger.Add(other, tag, verified).IsOk)
                {
                    // Ahead of what is verified here, or no entry at all: it is asked for again.
                    return;
                }

                book.HasNews = true;
            }

            var next = Math.Min(answer.NextIndex, verified);
            book.Ledger.Reach(other, next);
            if (heads.FindLast(head => head.Size <= next) is { } head
                && (head.At ?? answer.CoveredUntil) is { } at)
            {
                book.Ledger.Cover(other, head.Size, at, head.By ?? at);
            }

            if (answer.NextIndex <= from || answer.Tags.Count == 0)
            {
                return;
            }
        }
    }

    private TagBook Open(string one, string other)
    {
        var (first, second) = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
        if (!_books.TryGetValue((first, second), out var book))
        {
            // Neither log has named the other before, so nothing is missed by not reading them from the start.
            book = new TagBook(new TagLedger(first, second), first, second);
            _books.Add((first, second), book);
        }

        return book;
    }

    private async Task CatchUpAsync(TagLedger ledger, LogState state, CancellationToken ct)
    {
        var from = ledger.NextIndexOf(state.Origin);
        var mirror = _store.MirrorOf(state.Origin);
        for (var index = from / TileId.HashesMax; index * TileId.HashesMax < state.Size; index++)
        {
            var id = TileLayout.BundleAt(state.Size, index);
            if (await mirror.ReadBundleAsync(id, ct) is not { } bundle
                || !EntryBundle.Parse(bundle, id.Width).TryGet(out var entries, out _))
            {
                return;
            }

            for (var i = 0; i < entries.Length; i++)
            {
                if (LogEntry.Parse(entries[i].Span).TryGet(out var entry, out _))
                {
                    ledger.Add(state.Origin, id.FirstEntry + i, entry);
                }
            }
        }

        if (state.CoveredAt is { } at)
        {
            ledger.Cover(state.Origin, state.Size, at, state.GrownAt ?? at);
        }
    }

    private sealed record TagHead(long Size, DateTimeOffset? At, DateTimeOffset? By);

    private sealed class TagBook(TagLedger ledger, string first, string second)
    {
        public TagLedger Ledger { get; } = ledger;

        public string First { get; } = first;

        public string Second { get; } = second;

        public bool HasNews { get; set; }

        public int RoundsUnsaved { get; set; }

        public void Advance(TimeSpan time)
        {
            var state = Ledger.ToState();
            foreach (var log in new[] { state.First, state.Second })
            {
                if (log.CoveredUntil is { } until)
                {
                    Ledger.Cover(log.Origin, log.NextIndex, DateTimeOffset.FromUnixTimeSeconds(until) + time);
                }
            }
        }
    }
}
