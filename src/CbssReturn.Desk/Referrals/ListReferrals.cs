using CbssReturn.Desk.Users;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>Lists referrals without content.</summary>
public sealed class ListReferrals(NodeContext node)
{
    /// <summary>Most referrals that a list shows.</summary>
    public const int ListMax = 500;

    private readonly Conversations _conversations = new(node);

    /// <summary>Lists referrals, newest first, at most 500.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">Only those of this case; null for all.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Result<IReadOnlyList<Conversation>>> ListAsync(Actor actor, RowId? caseId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied)
        {
            return await node.DenyAsync(
                actor, denied, detail => detail with { CaseId = caseId?.ToArray() ?? [] }, ct);
        }

        var rows = await node.Store.ListConversationsAsync(caseId, ListMax, ct);
        var opened = new List<Conversation>();
        foreach (var row in rows)
        {
            if (!_conversations.Open(row).TryGet(out var conversation, out var refusal))
            {
                return refusal;
            }

            opened.Add(conversation);
        }

        return opened;
    }
}
