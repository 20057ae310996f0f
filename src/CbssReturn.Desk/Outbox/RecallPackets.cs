using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Referrals;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Outbox;

/// <summary>Commits a change of a case, and in the same transaction takes back every packet that the case no longer
/// covers (docs/spec/casework.md, rule 2.17). So the worker that carries packets need ask nothing.</summary>
internal sealed class RecallPackets(NodeContext node)
{
    // Up to four changes each, and a transaction holds 256. More than this wait for the next one.
    private const int PacketsAtOnceMax = 60;

    // A conflict is a packet that moved meanwhile; each round is somebody's success.
    private const int RoundsMax = 16;

    private readonly Conversations _conversations = new(node);
    private readonly OutgoingCheck _check = new(node);

    /// <summary>Commits.</summary>
    /// <param name="name">The use case.</param>
    /// <param name="own">Its own changes; the first puts the case.</param>
    /// <param name="person">The case as it is after them.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="ct">Honoured until the changes are accepted.</param>
    /// <returns>How many packets may have left already, so that they cannot be called back; or
    /// <see cref="RefusalCode.ChangedMeanwhile"/>, and nothing is kept.</returns>
    public async Task<Result<int>> CommitAsync(
        string name, IReadOnlyList<StoreChange> own, OpenCase person, Actor actor, CancellationToken ct)
    {
        var (rest, leftCount) = (own, 0);
        for (var round = 0; round < RoundsMax; round++)
        {
            var recall = new Recall();
            await FindAsync(recall, person, actor, ct);
            if (rest.Count == 0 && recall.PacketCount == 0)
            {
                break;
            }

            var outcome = await node.Store.CommitAsync(new NodeTransaction(name, [.. rest, .. recall.Changes]), ct);
            if (outcome.IsCommitted)
            {
                leftCount += recall.LeftCount;
                rest = [];
            }
            else if (outcome.ConflictIndex < rest.Count)
            {
                break;
            }
        }

        return rest.Count == 0
            ? leftCount
            : new Refusal(RefusalCode.ChangedMeanwhile, "Somebody else changed the case at the same time.");
    }

    private async Task FindAsync(Recall recall, OpenCase person, Actor actor, CancellationToken ct)
    {
        foreach (var row in await node.Store.ListConversationsAsync(person.Id, StoreLimits.ListMax, ct))
        {
            var before = _conversations.Open(row).Value;
            var after = before;

            // The last one first, so that each leads back to the state before it.
            foreach (var packet in before.File.Packets.Where(packet => !packet.Incoming && !packet.IsVoid).Reverse())
            {
                if (recall.PacketCount < PacketsAtOnceMax)
                {
                    after = await RecallAsync(recall, person, after, packet, actor, ct);
                }
            }

            if (after != before)
            {
                recall.Changes.Add(_conversations.Put(after));
            }
        }
    }

    private async Task<Conversation> RecallAsync(
        Recall recall, OpenCase person, Conversation conversation, PacketRecord packet, Actor actor,
        CancellationToken ct)
    {
        var row = await node.Store.GetOutboxRowAsync(RowId.FromBytes(packet.RowId.Span), ct);
        if (row is not { State: OutboxState.Queued }
            || (await _check.CheckAsync(person, conversation, packet.Kind, row, ct)).TryGet(out _, out var refusal))
        {
            return conversation;
        }

        recall.PacketCount++;
        recall.Changes.Add(new ExpectOutbox(row.RowId, row.PacketId, row.State));
        recall.Changes.Add(node.OfSent(
            row,
            AuditOutcome.Failed,
            new AuditDetail
            {
                Kind = row.MayHaveLeft ? AuditDetailKind.PacketUndelivered : AuditDetailKind.OutboxChanged,
                At = node.Now,
                UserId = actor.UserId.ToArray(),
                Role = (byte)actor.Role,
                PacketId = row.PacketId.ToArray(),
                ReferralId = conversation.ReferralId.ToArray(),
                CaseId = person.Id.ToArray(),
                ReasonCode = (int)refusal.Code,
            }));
        if (!row.MayHaveLeft)
        {
            recall.Changes.Add(new CancelOutbox(row.RowId, refusal.Code));
            return conversation.Void(packet, ReferralMachine.OnTakenBack(conversation.State, packet.Kind));
        }

        // Perhaps the recipient has it. It is not tried again; a receipt that comes late still says that it arrived.
        recall.LeftCount++;
        recall.Changes.Add(new CompleteOutbox(row.RowId, OutboxState.Undelivered, null, refusal.Code));
        return conversation with { State = ReferralMachine.OnUndelivered(conversation.State, packet.Kind) };
    }

    private sealed class Recall
    {
        public List<StoreChange> Changes { get; } = [];

        public int PacketCount { get; set; }

        public int LeftCount { get; set; }
    }
}
