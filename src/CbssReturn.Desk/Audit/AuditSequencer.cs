using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>The one that appends to the node's audit log: takes what waits in the intake, in order, and moves it into
/// the tree.</summary>
/// <remarks>
/// Holds the right edge of the tree and a generation number. Whoever begins later gets a higher one; from then on the
/// store takes nothing from this sequencer any more. After a step of which it is not known whether it was kept, the
/// edge is read again. Members may be called from any thread; one works at a time. All but <see cref="BeginAsync"/>
/// need it to have begun.
/// </remarks>
/// <param name="store">The node's log; owned by the host.</param>
/// <param name="pads">Makes pads.</param>
/// <param name="interval">Time between two checkpoints. Beyond a minute pads are spread over it, and then nothing is
/// moved before it ends (<see cref="MovesAtOnce"/>).</param>
public sealed class AuditSequencer(IAuditStore store, AuditPads pads, TimeSpan interval = default) : IDisposable
{
    /// <summary>Each checkpoint covers a multiple of as many entries, and as many more at least than the one before.
    /// </summary>
    public const int PadMultiple = 4;

    // A conflict within one generation is a step of our own that was kept after all; then the next one goes through.
    private const int ConflictsMax = 8;

    // An auditor lets an entry be 120 s older than the newest before it. Half of that is used, for clocks of his own.
    private static readonly TimeSpan BackwardMax = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1);

    private RightEdge? _edge;  // null until read, and after a step whose end is not known; under _turn
    private AuditHead _head = new(0, LogHash.Empty, 0);  // under _turn
    private Digest _last;  // leaf hash of the last entry; under _turn
    private DateTimeOffset _newestAt = DateTimeOffset.UnixEpoch;  // newest moment that is known; under _turn

    // The last entry when the edge was read: what stands before it may be newer by BackwardMax, nobody knows how much,
    // so nothing older follows. However often a node starts, its log then goes back no further; under _turn.
    private DateTimeOffset _notBefore = DateTimeOffset.UnixEpoch;

    /// <summary>Whether what waits may be moved at once. Where a time tells pads, they must be mixed with what comes
    /// before the interval ends.</summary>
    public bool MovesAtOnce => interval <= TimeSpan.FromMinutes(1);

    /// <summary>Takes the log over: every sequencer that began earlier is fenced out.</summary>
    /// <returns>The head, or a refusal when what is stored is not the tree that it says it is:
    /// <see cref="RefusalCode.TileMissing"/>, <see cref="RefusalCode.TileMalformed"/>,
    /// <see cref="RefusalCode.EntryMalformed"/> or <see cref="RefusalCode.RootWrong"/>.</returns>
    public Task<Result<AuditHead>> BeginAsync(CancellationToken ct) => InTurnAsync(() => BeginInTurnAsync(ct), ct);

    /// <summary>Moves everything that waits into the tree. To be called when
    /// <see cref="IAuditStore.WaitForAuditIntakeAsync"/> says so.</summary>
    /// <returns>How many entries were moved, or a refusal: <see cref="RefusalCode.LogBusy"/> when another sequencer has
    /// begun, <see cref="RefusalCode.LogRolledBack"/> when nothing may be appended for now, or one of
    /// <see cref="BeginAsync"/>.</returns>
    public Task<Result<long>> DrainAsync(CancellationToken ct) => InTurnAsync(() => DrainInTurnAsync(ct), ct);

    /// <summary>Ends a publishing interval: moves what waits, pads, and writes down the checkpoint that may now be
    /// signed.</summary>
    /// <param name="endsAt">End of the interval, UTC. Pads bear its last minute.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The checkpoint, not signed yet, or a refusal as for <see cref="DrainAsync"/>.</returns>
    public Task<Result<AuditCheckpointRow>> CloseIntervalAsync(DateTimeOffset endsAt, CancellationToken ct) =>
        InTurnAsync(() => CloseInTurnAsync(endsAt, ct), ct);

    /// <summary>Takes in entries that this node wrote and then lost, from an auditor's mirror. Allowed while the log is
    /// <see cref="AuditLogState.RolledBack"/>.</summary>
    /// <param name="commonSize">Up to which size the own tree and the mirror's agree.</param>
    /// <param name="entries">The mirror's entries from there on, at least one.</param>
    /// <param name="root">Root of the whole, as the node once signed it.</param>
    /// <param name="notices">What is told the log about it.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The head, or a refusal: <see cref="RefusalCode.RootWrong"/> when the entries do not lead to the root,
    /// <see cref="RefusalCode.SplitView"/> when the node has recorded a checkpoint of more than the common part, or as
    /// for <see cref="DrainAsync"/>.</returns>
    public Task<Result<AuditHead>> AdoptAsync(
        long commonSize,
        IReadOnlyList<ReadOnlyMemory<byte>> entries,
        Digest root,
        IReadOnlyList<AuditIntakeRow> notices,
        CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries?.Count ?? 0, nameof(entries));
        return InTurnAsync(() => AdoptInTurnAsync(commonSize, entries!, root, notices, ct), ct);
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Result<AuditHead>> BeginInTurnAsync(CancellationToken ct)
    {
        _head = await store.BeginGenerationAsync(ct);
        return await ReadEdgeAsync(ct) is { } refusal ? refusal : _head;
    }

    private async Task<Result<long>> DrainInTurnAsync(CancellationToken ct)
    {
        var (moved, conflicts) = (0L, 0);
        while (await store.ReadWaitingAsync(AuditIntegration.EntriesMax, ct) is { Count: > 0 } rows)
        {
            if (!(await AppendAsync(rows, null, ct)).TryGet(out var isKept, out var refusal))
            {
                return refusal;
            }

            conflicts += isKept ? 0 : 1;
            if (conflicts > ConflictsMax)
            {
                return Busy();
            }

            moved += isKept ? rows.Count : 0;
        }

        return moved;
    }

    private async Task<Result<AuditCheckpointRow>> CloseInTurnAsync(DateTimeOffset endsAt, CancellationToken ct)
    {
        // What comes meanwhile belongs to the next interval, or a busy node would never come to an end.
        var left = await store.CountAuditIntakeAsync(ct);
        for (var conflicts = 0; conflicts <= ConflictsMax;)
        {
            var max = (int)Math.Min(left, AuditIntegration.EntriesMax - PadMultiple);
            var rows = max > 0 ? await store.ReadWaitingAsync(max, ct) : [];

            // When a sequencer that began later took the rows, there are none: the store then says so at the last step.
            var isLast = left == rows.Count || rows.Count == 0;
            if (!(await AppendAsync(rows, isLast ? endsAt : null, ct)).TryGet(out var isKept, out var refusal))
            {
                return refusal;
            }

            if (isKept && isLast)
            {
                return await RecordAsync(endsAt, ct);
            }

            left = isKept ? left - rows.Count : await store.CountAuditIntakeAsync(ct);
            conflicts += isKept ? 0 : 1;
        }

        return Busy();
    }

    private async Task<Result<AuditCheckpointRow>> RecordAsync(DateTimeOffset endsAt, CancellationToken ct)
    {
        if (!await store.RecordCheckpointAsync(_head.Size, _head.Root, endsAt, _head.Generation, ct))
        {
            return await StoppedAsync(ct) ?? Busy();
        }

        return (await store.GetCheckpointAsync(_head.Size, ct))!;  // it is recorded
    }

    /// <summary>Takes one step, and pads when an interval ends.</summary>
    /// <returns>Whether it was kept; false after a conflict, when everything was read again.</returns>
    private async Task<Result<bool>> AppendAsync(
        IReadOnlyList<AuditIntakeRow> rows, DateTimeOffset? endsAt, CancellationToken ct)
    {
        if (await StoppedAsync(ct) is { } stopped)
        {
            return stopped;
        }

        if (_edge is null && await ReadEdgeAsync(ct) is { } refusal)
        {
            return refusal;
        }

        var step = new AuditStep(_edge!, _newestAt, _last);  // read, or refused
        var padCount = endsAt is null
            ? 0
            : PadsAfter(
                step.Size + rows.Count - ((await store.GetNewestCheckpointAsync(isSigned: false, ct))?.Size ?? 0));
        if (endsAt is { } end && !MovesAtOnce)
        {
            step.AddSpread(rows, BackwardMax, _notBefore, pads, padCount, end, interval);
        }
        else
        {
            foreach (var row in rows)
            {
                step.Add(row, BackwardMax, _notBefore);
            }

            step.Pad(pads, padCount, endsAt ?? DateTimeOffset.UnixEpoch);
        }

        if (step.Entries.Count == 0)
        {
            return true;
        }

        var integration = step.ToIntegration(_head);
        _edge = null;  // an exception leaves it open whether the step was kept
        if (!await store.IntegrateAsync(integration, ct))
        {
            return await ReadEdgeAsync(ct) is { } lost ? lost : false;
        }

        (_edge, _newestAt, _last) = (step.Edge, step.NewestAt, step.Last);
        _head = _head with { Size = integration.NewSize, Root = integration.Root };
        return true;
    }

    private async Task<Result<AuditHead>> AdoptInTurnAsync(
        long commonSize,
        IReadOnlyList<ReadOnlyMemory<byte>> entries,
        Digest root,
        IReadOnlyList<AuditIntakeRow> notices,
        CancellationToken ct)
    {
        if (await ReadEdgeAsync(ct) is { } unread)
        {
            return unread;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(commonSize, _head.Size);
        if (!(await RightEdge.LoadAsync(store.Tiles, commonSize, ct)).TryGet(out var edge, out var refusal))
        {
            return refusal;
        }

        if (RootAfter(edge.Copy(), entries) != root)
        {
            return new Refusal(RefusalCode.RootWrong, "The mirrored entries do not lead to what was signed.");
        }

        var left = entries.Count;
        foreach (var part in entries.Chunk(AuditAdoption.EntriesMax))
        {
            left -= part.Length;
            var adoption = new AuditAdoption
            {
                Generation = _head.Generation,
                ExpectedSize = _head.Size,
                CommonSize = edge.Size,
                Entries = part,
                Root = RootAfter(edge, part),
                Tiles = edge.TakeChanged(),
                Notices = left == 0 ? notices : [],
            };
            _edge = null;
            if (!await store.AdoptEntriesAsync(adoption, ct))
            {
                return await ReadEdgeAsync(ct) ?? new Refusal(
                    RefusalCode.SplitView, "The node has recorded a checkpoint that the mirror does not have.");
            }

            _head = _head with { Size = adoption.NewSize, Root = adoption.Root };
        }

        return await ReadEdgeAsync(ct) is { } lost ? lost : _head;
    }

    private static Digest RootAfter(RightEdge edge, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        foreach (var entry in entries)
        {
            edge.Append(LogHash.Leaf(entry.Span));
        }

        return edge.Root();
    }

    /// <summary>Reads the end of the tree and holds it against the head.</summary>
    private async Task<Refusal?> ReadEdgeAsync(CancellationToken ct)
    {
        if (_head.Generation == 0)
        {
            throw new InvalidOperationException("The sequencer has not begun.");
        }

        var head = await store.GetAuditHeadAsync(ct);
        if (head.Generation != _head.Generation)
        {
            return Busy();
        }

        if (!(await RightEdge.LoadAsync(store.Tiles, head.Size, ct)).TryGet(out var edge, out var refusal))
        {
            return refusal;
        }

        if (edge.Root() != head.Root)
        {
            return new Refusal(RefusalCode.RootWrong, "The tiles of the audit log do not lead to its root.");
        }

        if (head.Size > 0)
        {
            var last = await store.ReadEntriesAsync(head.Size - 1, 1, ct);
            if (last.Count == 0)
            {
                return new Refusal(RefusalCode.TileMissing, "The last entry of the audit log is missing.");
            }

            if (!LogEntry.Parse(last[0].Span).TryGet(out var entry, out refusal))
            {
                return refusal;
            }

            _newestAt = entry.At > _newestAt ? entry.At : _newestAt;
            (_notBefore, _last) = (entry.At, LogHash.Leaf(last[0].Span));
        }

        (_head, _edge) = (head, edge);
        return null;
    }

    /// <returns>Why nothing is appended; null when it is.</returns>
    private async Task<Refusal?> StoppedAsync(CancellationToken ct) => await store.GetAuditLogStateAsync(ct) switch
    {
        AuditLogState.Signing => null,
        AuditLogState.Forked => new Refusal(
            RefusalCode.SplitView, "Another tree of this log was signed; nothing is appended any more."),
        _ => RolledBack(),
    };

    private static int PadsAfter(long grown)
    {
        var padded = Math.Max(PadMultiple, (grown + PadMultiple - 1) / PadMultiple * PadMultiple);
        return (int)(padded - grown);
    }

    private static Refusal Busy() => new(RefusalCode.LogBusy, "Another process appends to this audit log.");

    private static Refusal RolledBack() => new(
        RefusalCode.LogRolledBack, "The audit log is smaller than it has been; nothing is appended until it is whole.");
}
