using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>The retention run: erases details whose time is over. The tree and every proof stay as they are, and the
/// log says of each detail that it was erased (docs/spec/audit-log.md, section 2).</summary>
public sealed class EraseDetails(NodeContext node)
{
    /// <summary>Most details that one transaction erases; two changes each, and a transaction holds 256.</summary>
    public const int AtOnceMax = 100;

    // A conflict is another run that was quicker.
    private const int ConflictsMax = 8;

    /// <summary>Erases details of entries that are older than they are kept. What a run that ended early left behind,
    /// the next one finds.</summary>
    /// <param name="keptFor">How long a detail is kept, more than zero.</param>
    /// <param name="ct">Honoured between two transactions and until one is accepted.</param>
    /// <returns>How many were erased.</returns>
    public async Task<int> RunAsync(TimeSpan keptFor, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keptFor, TimeSpan.Zero);
        var now = node.Now;
        var before = now - DateTimeOffset.UnixEpoch > keptFor ? now - keptFor : DateTimeOffset.UnixEpoch;
        var (erased, after, conflicts) = (0, -1L, 0);
        while (true)
        {
            var rows = await node.Audit.ListDetailsAsync(after, before, AtOnceMax, ct);
            if (rows.Count == 0 && erased > 0)
            {
                return erased;
            }

            // A run that finds nothing is noted as well: that it took place is what an auditor asks for.
            var outcome = await node.Store.CommitAsync(new NodeTransaction("details-erase", ChangesOf(rows)), ct);
            if (!outcome.IsCommitted)
            {
                conflicts++;
                if (conflicts > ConflictsMax)
                {
                    return erased;
                }

                continue;
            }

            erased += rows.Count;
            if (rows.Count < AtOnceMax)
            {
                return erased;
            }

            after = rows[^1].Index;
        }
    }

    private List<StoreChange> ChangesOf(IReadOnlyList<AuditDetailRow> rows)
    {
        var changes = new List<StoreChange>((2 * rows.Count) + 1);
        foreach (var row in rows)
        {
            changes.Add(new EraseDetail(row.Index, row.Digest));
            changes.Add(new AppendAuditIntake(new AuditIntakeRow
            {
                Event = AuditEvent.DetailErased,
                Outcome = AuditOutcome.Done,
                AtMinute = AuditIntakeRow.MinuteOf(node.Now),
                Tag = row.Digest,
                PeerEntryIndex = row.Index,
                Subject = node.OfErasure(row.Index),
            }));
        }

        changes.Add(node.Local(new AuditDetail
        {
            Kind = AuditDetailKind.RetentionRun,
            At = node.Now,
            Count = rows.Count,
        }));
        return changes;
    }
}
