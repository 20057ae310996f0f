using CbssReturn.AuditLog;
using CbssReturn.Desk.Keys;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>The way out of a rollback: takes back from an auditor's mirror what this node had logged and lost, and
/// makes sure that nothing received then can be received again (docs/spec/audit-log.md, section 11).</summary>
/// <remarks>Every step may be cut off and done again: the node stays rolled back until the last one.</remarks>
public sealed class RecoverLog(
    NodeContext node,
    AuditSequencer sequencer,
    WatchRollback watch,
    EpochKeys keys,
    CatchUpSequences sequences)
{
    /// <summary>Most entries that are taken back: about 150 MiB, half a year of a busy node.</summary>
    public const int EntriesMax = 1024 * 1024;

    /// <summary>Takes back the entries up to the largest checkpoint that was found, discards the envelope keys that
    /// packets of the lost time were sealed to, notes that every peer is to be asked which numbers are used, and signs
    /// again.</summary>
    /// <param name="open">Opens the mirror for a tree of a size.</param>
    /// <param name="ct">Ends the work between two steps.</param>
    /// <returns>
    /// How many entries were taken back; or a refusal that leaves the node rolled back:
    /// <see cref="RefusalCode.TileMissing"/> or <see cref="RefusalCode.TileMalformed"/> when the mirror does not reach
    /// that far, <see cref="RefusalCode.RootWrong"/> when it leads to another root, <see cref="RefusalCode.TooMany"/>,
    /// <see cref="RefusalCode.SplitView"/> when this node has signed another tree since, and
    /// <see cref="RefusalCode.LogBusy"/>.
    /// </returns>
    public async Task<Result<long>> RecoverAsync(Func<long, ITileSource> open, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(open);
        if (await watch.GetStateAsync(ct) == AuditLogState.Forked)
        {
            return new Refusal(RefusalCode.SplitView, "Two trees of this log were signed; nothing leads back.");
        }

        if (await watch.FindTargetAsync(ct) is not { } target)
        {
            return new Refusal(RefusalCode.LogUnknown, "No checkpoint is known to go back to.");
        }

        var read = await LostEntries.ReadAsync(node.Audit, open(target.Checkpoint.Size), target.Checkpoint, ct);
        if (!read.TryGet(out var lost, out var refusal))
        {
            return refusal;
        }

        if (lost.Entries.Count > 0)
        {
            var closings = await ClosingsAsync(lost, ct);
            var adopted = await sequencer.AdoptAsync(
                lost.CommonSize, lost.Entries, target.Checkpoint.Root, [Notice(lost), .. closings], ct);
            if (!adopted.TryGet(out _, out refusal))
            {
                return refusal;
            }
        }

        await keys.DiscardAsync(ct);
        await sequences.BeginAsync(ct);
        await node.Audit.SetAuditLogStateAsync(AuditLogState.Signing, ct);
        return lost.Entries.Count;
    }

    // The details of these entries lay in the lost database only. That they are missing is said once, for all of them.
    private AuditIntakeRow Notice(LostEntries lost)
    {
        AppendAuditIntake notice = node.Local(new AuditDetail
        {
            Kind = AuditDetailKind.LogRecovered,
            At = node.Now,
            ReasonCode = (int)RefusalCode.LogRolledBack,
            EntryIndex = lost.CommonSize,
            Count = lost.Entries.Count,
        });
        return notice.Row;
    }

    // What the node itself has noted and not published has its rows.
    private async Task<HashSet<Digest>> OwnTagsAsync(long from, CancellationToken ct)
    {
        var tags = new HashSet<Digest>();
        var after = 0L;
        while (await node.Store.ReadAuditIntakeAsync(after, StoreLimits.ListMax, ct) is { Count: > 0 } rows)
        {
            tags.UnionWith(rows.Select(row => row.Tag));
            after = rows[^1].Sequence;
        }

        while (await node.Audit.ReadEntriesAsync(from, AuditIntegration.EntriesMax, ct) is { Count: > 0 } entries)
        {
            tags.UnionWith(entries.Select(bytes => LogEntry.Parse(bytes.Span).Value.Tag));  // appended by this node
            from += entries.Count;
        }

        return tags;
    }

    // Packets that were queued then and not closed: their rows are lost, so nobody else will ever close them. That the
    // other end may have received them is for the auditors to see.
    private async Task<IEnumerable<AuditIntakeRow>> ClosingsAsync(LostEntries lost, CancellationToken ct)
    {
        var known = await OwnTagsAsync(lost.CommonSize, ct);
        var sent = lost.Entries.Select(bytes => LogEntry.Parse(bytes.Span).Value)  // parsed when they were read
            .Where(entry => entry.Event == AuditEvent.PacketSent)
            .ToLookup(entry => entry.Tag);
        return sent
            .Where(entries => !known.Contains(entries.Key)
                && entries.All(entry => entry.Outcome == AuditOutcome.Pending))
            .Select(entries => entries.First())
            .Select(entry => node.OnTrail(
                AuditEvent.PacketSent,
                AuditOutcome.Failed,
                new PacketTrail(entry.Peer, entry.Handle, entry.Tag),
                new AuditDetail
                {
                    Kind = AuditDetailKind.LogRecovered,
                    At = node.Now,
                    ReasonCode = (int)RefusalCode.LogRolledBack,
                }).Row);
    }
}
