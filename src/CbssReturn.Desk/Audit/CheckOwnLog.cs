using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds the own audit log against itself: every entry is hashed, every detail opened, every note and every
/// row about logs looked at. Finds what a damaged disk did, and what somebody with the database alone changed below a
/// checkpoint that was left. What was cut off at the end, or changed by somebody who has the keys, the others find
/// (docs/spec/audit-log.md, sections 3.5 and 11).</summary>
/// <param name="node">What it works with.</param>
public sealed class CheckOwnLog(NodeContext node)
{
    private readonly AuditPads _pads = new(node.Keys, node.LogOrigin);

    /// <summary>Checks. Takes about a minute for a million entries.</summary>
    /// <param name="log">The own names and keys.</param>
    /// <param name="exported">The checkpoint that lies in the export; null for none.</param>
    /// <param name="ct">Ends the check.</param>
    /// <returns>What is wrong, at most <see cref="AuditDamage.ListMax"/> and one; empty when nothing is.</returns>
    public async Task<IReadOnlyList<AuditDamage>> CheckAsync(
        LogIdentity log, ReadOnlyMemory<byte>? exported, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        var lost = new List<(long First, long Count)>();
        var damage = await node.Audit.CheckAsync(
            new AuditCheckMeans
            {
                Origin = log.Origin,
                DetailOpens = row => Opens(row, lost),
                NoteIsGenuine = note => IsGenuine(note, log),
                IsPad = (index, entry, before) =>
                    entry.Detail == Digest.Of(_pads.DetailAt(index, entry.At, before)),
                IsLost = index => lost.Exists(range => index >= range.First && index - range.First < range.Count),
            },
            ct);
        return exported is { } note && await FindShownAsync(note, log, ct) is { } shown ? [.. damage, shown] : damage;
    }

    // Entries that were taken back after a rollback have no details any more, and one detail says so for all of them.
    private bool Opens(AuditDetailRow row, List<(long First, long Count)> lost)
    {
        if (!node.Keys.Open(SealedRows.AuditDetails, row.Digest.ToArray(), row.Sealed).TryGet(out var bytes, out _)
            || Digest.Of(bytes) != row.Digest)
        {
            return false;
        }

        if (AuditDetail.Parse(bytes, row.Digest).TryGet(out var detail, out _)
            && detail is { Kind: AuditDetailKind.LogRecovered, EntryIndex: { } first, Count: > 0 and var count })
        {
            lost.Add((first, count));
        }

        return true;
    }

    // What was published outlives a database that was put back or rewritten.
    private async Task<AuditDamage?> FindShownAsync(ReadOnlyMemory<byte> note, LogIdentity log, CancellationToken ct)
    {
        if (!CheckpointReader.Read(note.Span, log.Key, [], 0).TryGet(out var shown, out _))
        {
            return null;
        }

        var (size, root) = (shown.Checkpoint.Size, shown.Checkpoint.Root);
        return (await node.Audit.GetCheckpointAsync(size, ct))?.Root == root
            ? null
            : new AuditDamage(
                "audit_checkpoints",
                FormattableString.Invariant($"{size}"),
                null,
                null,
                "The export has a checkpoint that the database does not know.");
    }

    // A log that left the directory cannot be checked any more, and is no damage.
    private bool IsGenuine(ReadOnlyMemory<byte> note, LogIdentity log)
    {
        if (!SignedNote.Parse(note.Span).TryGet(out var signed, out _)
            || !Checkpoint.Parse(signed.Text).TryGet(out var checkpoint, out _))
        {
            return false;
        }

        var key = checkpoint.Origin == log.Origin
            ? log.Key
            : node.Directory.Now.TryFindLog(checkpoint.Origin, out var owner) ? owner.Log!.LogKey : null;
        return key is null || CheckpointReader.Read(note.Span, key, node.WitnessKeys(), 0).IsOk;
    }
}
