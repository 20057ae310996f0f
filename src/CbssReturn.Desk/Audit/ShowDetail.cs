using System.Collections.Concurrent;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Audit;

/// <summary>Shows what an entry of the own log hides, to a person of this node or to an auditor of the log. Logged as a
/// reading before it is shown, a denied one as well.</summary>
public sealed class ShowDetail(NodeContext node)
{
    // Members of the directory, so not many.
    private readonly ConcurrentDictionary<NodeId, long> _deniedMinutes = new();
    private readonly AuditPads _pads = new(node.Keys, node.LogOrigin);

    /// <summary>Shows the detail of an entry to a person.</summary>
    /// <param name="actor">An auditor, a focal point or a node administrator.</param>
    /// <param name="index">The entry, from 0.</param>
    /// <param name="ct">Ends the wait until the reading is logged.</param>
    /// <returns>Entry and detail; or a refusal with <see cref="RefusalCode.RoleMayNot"/>,
    /// <see cref="RefusalCode.NotFound"/> when there is no such entry or it has no detail,
    /// <see cref="RefusalCode.DetailErased"/>, or <see cref="RefusalCode.DetailWrong"/> when the detail is missing or
    /// not the one that the entry commits to.</returns>
    public async Task<Result<ShownDetail>> ShowAsync(Actor actor, long index, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (actor.RefuseAuditReading() is { } denied)
        {
            return await node.DenyAsync(actor, denied, detail => detail with { EntryIndex = index }, ct);
        }

        if (!(await FindAsync(index, ct)).TryGet(out var found, out var refusal)
            || !AuditDetail.Parse(found.Bytes, found.Commitment).TryGet(out var shown, out refusal))
        {
            return refusal;
        }

        await NoteAsync(
            new AuditDetail
            {
                Kind = AuditDetailKind.DetailShown,
                At = node.Now,
                UserId = actor.UserId.ToArray(),
                Role = (byte)actor.Role,
                EntryIndex = index,
            },
            ct);
        return new ShownDetail(index, found.Entry, shown);
    }

    /// <summary>Gives the detail of an entry to an auditor of this log that the directory names.</summary>
    /// <param name="peer">Who asks: the owner of the pinned TLS key.</param>
    /// <param name="index">The entry, from 0; one that a checkpoint covers.</param>
    /// <param name="ct">Ends the wait until the reading is logged.</param>
    /// <returns>The detail byte for byte; or a refusal as from <see cref="ShowAsync"/>.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(NodeId peer, long index, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.DetailShown,
            At = node.Now,
            Peer = peer.ToArray(),
            EntryIndex = index,
        };
        if (node.LogOf(node.Self)?.IsAuditor(peer) is not true)
        {
            return await DenyAsync(detail, ct);
        }

        var covered = (await node.Audit.GetNewestCheckpointAsync(isSigned: true, ct))?.Size ?? 0;
        var result = index < covered ? await FindAsync(index, ct) : NotFound();
        if (!result.TryGet(out var found, out var refusal)
            || !AuditDetail.Parse(found.Bytes, found.Commitment).TryGet(out _, out refusal))
        {
            return refusal;
        }

        await NoteAsync(detail, ct);
        return found.Bytes;
    }

    private async Task<Refusal> DenyAsync(AuditDetail detail, CancellationToken ct)
    {
        var denied = new Refusal(RefusalCode.RoleMayNot, "Only the auditors of a log read its details.");
        var (minute, peer) = (node.Now.ToUnixTimeSeconds() / 60, NodeId.FromBytes(detail.Peer.Span));
        if (_deniedMinutes.TryGetValue(peer, out var noted) && noted == minute)
        {
            // The log grows by one entry a minute however often somebody asks.
            return denied;
        }

        _deniedMinutes[peer] = minute;
        await node.Store.CommitAsync(
            new NodeTransaction(
                "access-deny",
                node.Local(
                    detail with { Kind = AuditDetailKind.AccessDenied, ReasonCode = (int)denied.Code },
                    AuditOutcome.Refused)),
            ct);
        return denied;
    }

    private async Task NoteAsync(AuditDetail detail, CancellationToken ct) =>
        await node.Store.CommitAsync(new NodeTransaction("detail-show", node.Local(detail)), ct);

    private async Task<Result<Found>> FindAsync(long index, CancellationToken ct)
    {
        if (await node.Audit.ReadEntriesAsync(index, 1, ct) is not [var bytes])
        {
            return NotFound();
        }

        if (!LogEntry.Parse(bytes.Span).TryGet(out var entry, out var refusal))
        {
            return refusal;
        }

        if (entry.Detail is not { } commitment)
        {
            return new Refusal(RefusalCode.NotFound, "This entry has no detail.", "index");
        }

        // A pad could be made for ever. It is refused like any other, or a refusal would tell what was none.
        if (index < await node.ErasedUntilAsync(ct))
        {
            return new Refusal(RefusalCode.DetailErased, "The detail of this entry was erased, and the log says so.");
        }

        if (await node.Audit.GetDetailAsync(index, ct) is { } row)
        {
            return node.Keys.Open(SealedRows.AuditDetails, row.Digest.ToArray(), row.Sealed)
                .Then<Found>(opened => new Found(entry, commitment, opened));
        }

        // A pad is not stored: it is made again.
        var before = index == 0 ? [] : await node.Audit.ReadEntriesAsync(index - 1, 1, ct);
        var pad = _pads.DetailAt(index, entry.At, before is [var last] ? LogHash.Leaf(last.Span) : default);
        if (Digest.Of(pad) == commitment)
        {
            return new Found(entry, commitment, pad);
        }

        return new Refusal(RefusalCode.DetailWrong, "The detail of this entry is missing.");
    }

    private static Refusal NotFound() =>
        new(RefusalCode.NotFound, "The audit log has no entry with this index yet.", "index");

    private sealed record Found(LogEntry Entry, Digest Commitment, ReadOnlyMemory<byte> Bytes);
}
