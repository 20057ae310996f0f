using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Audit;

/// <summary>After a rollback: asks each peer up to which number it has packets of this node in each conversation, so
/// that no number is used for a second packet, which the peer would refuse (docs/spec/audit-log.md, section
/// 11).</summary>
/// <remarks>Whom to ask still is kept in the store, because a peer may be off for days. The newest
/// <see cref="StoreLimits.ListMax"/> conversations are caught up; older ones are closed by then.</remarks>
public sealed class CatchUpSequences(NodeContext node)
{
    /// <summary>Most conversations in one question.</summary>
    public const int ConversationsMax = 64;

    private const string Key = "audit.sequences-to-ask";

    // A conversation that changes meanwhile is read again.
    private const int RoundsMax = 8;

    private readonly Conversations _conversations = new(node);

    /// <summary>Says of conversations with a peer which is the highest number among the packets that came from
    /// it.</summary>
    /// <param name="ids">At most <see cref="ConversationsMax"/>.</param>
    /// <param name="peer">Who asks.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>In the order asked; 0 for a conversation that is not known, or not with this peer.</returns>
    public async Task<IReadOnlyList<ulong>> TellAsync(
        IReadOnlyList<ConversationId> ids, NodeId peer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, ConversationsMax);
        var highest = new List<ulong>(ids.Count);
        foreach (var id in ids)
        {
            var found = await _conversations.FindAsync(peer, id, ct);
            highest.Add(found?.File.Packets
                .Where(packet => packet.Incoming)
                .Select(packet => packet.Sequence)
                .DefaultIfEmpty()
                .Max() ?? 0);
        }

        return highest;
    }

    /// <summary>Lists the peers that have still to be asked.</summary>
    public async Task<IReadOnlyList<NodeId>> PeersAsync(CancellationToken ct) =>
        await node.Store.GetMetaAsync(Key, ct) is { } kept
            ? [.. kept.ToArray().Chunk(NodeId.SizeBytes).Select(bytes => NodeId.FromBytes(bytes))]
            : [];

    /// <summary>Lists the conversations with a peer that have a number to lose.</summary>
    public async Task<IReadOnlyList<ConversationId>> ConversationsAsync(NodeId peer, CancellationToken ct) =>
    [
        .. (await node.Store.ListConversationsAsync(null, StoreLimits.ListMax, ct))
            .Select(row => _conversations.Open(row))
            .Where(opened => opened.TryGet(out var conversation, out _) && conversation.File.Peer == peer)
            .Select(opened => opened.Value.File.Conversation),
    ];

    /// <summary>Takes in what a peer has answered.</summary>
    /// <param name="peer">Who answered.</param>
    /// <param name="ids">What it was asked.</param>
    /// <param name="highest">Its answers, in the same order.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>In how many conversations numbers were lost.</returns>
    public async Task<int> TakeAsync(
        NodeId peer, IReadOnlyList<ConversationId> ids, IReadOnlyList<ulong> highest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(highest);
        var lost = 0;
        foreach (var (id, number) in ids.Zip(highest))
        {
            lost += await TakeAsync(peer, id, number, ct) ? 1 : 0;
        }

        return lost;
    }

    /// <summary>Notes that a peer was asked for everything.</summary>
    public async Task DoneAsync(NodeId peer, CancellationToken ct) =>
        await KeepAsync((await PeersAsync(ct)).Where(other => other != peer), ct);

    /// <summary>Notes that everybody in the directory is to be asked; part of the way out of a rollback.</summary>
    internal Task BeginAsync(CancellationToken ct) => KeepAsync(
        node.Directory.Now.Nodes.Select(entry => entry.Id).Where(id => id != node.Self), ct);

    private async Task KeepAsync(IEnumerable<NodeId> peers, CancellationToken ct) => await node.Store.CommitAsync(
        new NodeTransaction(
            HouseKeeping.Meta,
            new PutMeta(
                Key,
                peers.Take(PutMeta.ValueSizeBytesMax / NodeId.SizeBytes).SelectMany(peer => peer.ToArray()).ToArray())),
        ct);

    private async Task<bool> TakeAsync(NodeId peer, ConversationId id, ulong highest, CancellationToken ct)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var found = await _conversations.FindAsync(peer, id, ct);
            if (found is null
                || highest > ConversationFile.PacketsMax
                || highest <= found.File.ReachedSequence
                || highest < found.File.NextSequence)
            {
                return false;
            }

            var change = _conversations.Put(found with
            {
                File = found.File with { ReachedSequence = highest },
            });
            var noted = node.Local(new AuditDetail
            {
                Kind = AuditDetailKind.LogRecovered,
                At = node.Now,
                Peer = peer.ToArray(),
                ReferralId = found.ReferralId.ToArray(),
                ReasonCode = (int)RefusalCode.LogRolledBack,
            });
            var outcome = await node.Store.CommitAsync(
                new NodeTransaction("sequence-catch-up", change, noted), ct);
            if (outcome.IsCommitted)
            {
                return true;
            }
        }

        return false;
    }
}
