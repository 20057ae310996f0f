using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds the own audit log against itself: every entry is hashed, every detail opened, every note and every
/// row about logs looked at. Finds what a damaged disk or somebody with the database did; not what somebody did who
/// also has the keys, which the others find (docs/spec/audit-log.md, section 3.5).</summary>
/// <param name="node">What it works with.</param>
public sealed class CheckOwnLog(NodeContext node)
{
    private readonly AuditPads _pads = new(node.Keys, node.LogOrigin);

    /// <summary>Checks. Takes about a minute for a million entries.</summary>
    /// <param name="log">The own names and keys.</param>
    /// <param name="ct">Ends the check.</param>
    /// <returns>What is wrong, at most <see cref="AuditDamage.ListMax"/>; empty when nothing is.</returns>
    public Task<IReadOnlyList<AuditDamage>> CheckAsync(LogIdentity log, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        return node.Audit.CheckAsync(
            new AuditCheckMeans
            {
                DetailOpens = Opens,
                NoteIsGenuine = note => IsGenuine(note, log),
                IsPad = (index, entry, before) =>
                    entry.Detail == Digest.Of(_pads.DetailAt(index, entry.At, before)),
            },
            ct);
    }

    private bool Opens(AuditDetailRow row) =>
        node.Keys.Open(SealedRows.AuditDetails, row.Digest.ToArray(), row.Sealed).TryGet(out var detail, out _)
        && Digest.Of(detail) == row.Digest;

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
        var witnesses = node.Directory.Now.Witnesses().Select(witness => witness.Key).ToList();
        return key is null || CheckpointReader.Read(note.Span, key, witnesses, 0).IsOk;
    }
}
