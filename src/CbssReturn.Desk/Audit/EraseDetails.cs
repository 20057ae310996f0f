using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>The retention run: erases details whose time is over. The tree and every proof stay as they are, and the
/// log says of each detail that it was erased (docs/spec/audit-log.md, section 2).</summary>
/// <remarks>Pads are erased with the rest, although nothing of them is stored: if the log named only what was
/// something, it would tell afterwards what was nothing. After a rollback what was erased since comes back with
/// the backup, is erased again, and the log says so twice.</remarks>
public sealed class EraseDetails(NodeContext node)
{
    /// <summary>Most entries that one transaction goes through; two changes each, and a transaction holds 256.
    /// </summary>
    public const int AtOnceMax = 100;

    // 1 while a run is under way; one that comes in between has nothing to do.
    private int _isRunning;

    /// <summary>Erases details of entries that are older than they are kept, pads among them. What a run that ended
    /// early left behind, the next one finds.</summary>
    /// <param name="keptFor">How long a detail is kept, more than zero.</param>
    /// <param name="ct">Honoured between two transactions and until one is accepted.</param>
    /// <returns>Of how many entries the details were erased; 0 also while another run is under way.</returns>
    public async Task<int> RunAsync(TimeSpan keptFor, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keptFor, TimeSpan.Zero);
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
        {
            return 0;
        }

        try
        {
            var now = node.Now;
            return await EraseBeforeAsync(
                now - DateTimeOffset.UnixEpoch > keptFor ? now - keptFor : DateTimeOffset.UnixEpoch, ct);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private async Task<int> EraseBeforeAsync(DateTimeOffset before, CancellationToken ct)
    {
        var (erased, isNoted) = (0, false);
        while (true)
        {
            var from = await node.ErasedUntilAsync(ct);
            var old = await ReadOlderAsync(from, before, ct);
            var isLast = old.Count < AtOnceMax;
            var commitments = old.Index()
                .Where(pair => pair.Item.Detail is not null)
                .Select(pair => (Index: from + pair.Index, Digest: pair.Item.Detail.GetValueOrDefault()))
                .ToList();

            // A run that finds nothing is noted as well: that it took place is what an auditor asks for. One that
            // passes only what says of others that they were erased is not noted for that.
            if (!isNoted || old.Count > 0)
            {
                var changes = await ChangesOfAsync(commitments, from + old.Count, ct);
                if (!(await node.Store.CommitAsync(new NodeTransaction("details-erase", changes), ct)).IsCommitted)
                {
                    // A detail that is not the one of its entry: the check of the whole store names it.
                    return erased;
                }

                isNoted = true;
            }

            erased += commitments.Count;
            if (isLast)
            {
                return erased;
            }
        }
    }

    /// <summary>Reads the entries from an index on up to the first that is too young.</summary>
    private async Task<IReadOnlyList<LogEntry>> ReadOlderAsync(long from, DateTimeOffset before, CancellationToken ct)
    {
        var entries = new List<LogEntry>(AtOnceMax);
        foreach (var bytes in await node.Audit.ReadEntriesAsync(from, AtOnceMax, ct))
        {
            if (!LogEntry.Parse(bytes.Span).TryGet(out var entry, out _))
            {
                throw new StoreException(new Refusal(RefusalCode.DatabaseCorrupt, "A stored entry is none."));
            }

            if (entry.At >= before)
            {
                break;
            }

            entries.Add(entry);
        }

        return entries;
    }

    private async Task<List<StoreChange>> ChangesOfAsync(
        List<(long Index, Digest Digest)> commitments, long until, CancellationToken ct)
    {
        var changes = new List<StoreChange>((2 * commitments.Count) + 2);
        foreach (var (index, digest) in commitments)
        {
            if (await node.Audit.GetDetailAsync(index, ct) is not null)
            {
                changes.Add(new EraseDetail(index, digest));
            }

            changes.Add(new AppendAuditIntake(new AuditIntakeRow
            {
                Event = AuditEvent.DetailErased,
                Outcome = AuditOutcome.Done,
                AtMinute = AuditIntakeRow.MinuteOf(node.Now),
                Tag = digest,
                PeerEntryIndex = index,
            }));
        }

        changes.Add(ErasedDetails.PutErasedUntil(until));
        changes.Add(node.Local(new AuditDetail
        {
            Kind = AuditDetailKind.RetentionRun,
            At = node.Now,
            Count = commitments.Count,
        }));
        return changes;
    }
}
