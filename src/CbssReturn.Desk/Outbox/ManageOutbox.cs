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

/// <summary>Shows what waits to leave, makes it due now, or takes it back.</summary>
public sealed class ManageOutbox(NodeContext node, OutboxSignal signal)
{
    /// <summary>Most rows that a list shows.</summary>
    public const int ListMax = 500;

    private readonly Conversations _conversations = new(node);
    private readonly CaseFiles _cases = new(node);
    private readonly OutgoingCheck _check = new(node);

    /// <summary>Lists the outbox, newest first. Any role: a row holds no content.</summary>
    public async Task<IReadOnlyList<OutboxItem>> ListAsync(bool includeDone, CancellationToken ct)
    {
        var rows = await node.Store.ListOutboxAsync(includeDone, ListMax, ct);
        return [.. rows.Select(row => new OutboxItem(row, PeerOf(row), node.Time.GetUtcNow()))];
    }

    /// <summary>Makes a waiting or undelivered packet due now and gives it another 72 hours. Consent is asked
    /// again.</summary>
    public async Task<Result<Done>> RetryAsync(Actor actor, RowId id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied && actor.RefuseAdministration() is not null)
        {
            return await DenyAsync(actor, denied, id, ct);
        }

        var now = node.Time.GetUtcNow();
        var change = new RetryOutbox(id, now, now + PacketQueue.GiveUpAfter);
        var forbidden = new Refusal(
            RefusalCode.StateForbids, "The packet is delivered, refused or cancelled; there is nothing to try again.");
        var done = await ChangeAsync(
            actor, id, "outbox-retry", change, forbidden,
            (conversation, record) =>
                conversation with { State = ReferralMachine.OnRetried(conversation.State, record.Kind) },
            asksConsent: true,
            ct);
        signal.Set();
        return done;
    }

    /// <summary>Takes back a packet of which no byte has left the node; its referral is as it was before.</summary>
    public async Task<Result<Done>> CancelAsync(Actor actor, RowId id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied)
        {
            return await DenyAsync(actor, denied, id, ct);
        }

        var forbidden = new Refusal(
            RefusalCode.MayHaveLeft, "The packet has left, or may have; cancel the referral instead.");
        return await ChangeAsync(
            actor, id, "outbox-cancel", new CancelOutbox(id), forbidden,
            (conversation, record) =>
                conversation.Void(record, ReferralMachine.OnTakenBack(conversation.State, record.Kind)),
            asksConsent: false,
            ct);
    }

    private async Task<Result<Done>> ChangeAsync(
        Actor actor,
        RowId id,
        string name,
        StoreChange change,
        Refusal forbidden,
        Func<Conversation, PacketRecord, Conversation> update,
        bool asksConsent,
        CancellationToken ct)
    {
        if (await node.Store.GetOutboxRowAsync(id, ct) is not { } row)
        {
            return new Refusal(RefusalCode.NotFound, "There is no packet with this id in the outbox.", "outbox_id");
        }

        List<StoreChange> changes = [change, Audited(actor, row, change)];
        if (row.ReferralId is { } referralId
            && (await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out _)
            && conversation.File.FindOutgoing(id.ToArray()) is { } record)
        {
            changes.Add(_conversations.Put(update(conversation, record)));
            if (asksConsent
                && row.State is (OutboxState.Queued or OutboxState.Undelivered)
                && !(await AskAgainAsync(changes, conversation, record, row, ct)).TryGet(out _, out var refusal))
            {
                return refusal;
            }
        }

        var outcome = await node.Store.CommitAsync(new NodeTransaction(name, changes), ct);
        if (outcome.IsCommitted)
        {
            return Done.Instance;
        }

        return outcome.ConflictIndex == 0
            ? forbidden
            : new Refusal(RefusalCode.ChangedMeanwhile, "The referral changed at the same time; look again.");
    }

    // A packet that is taken back is closed in the log, one that had been given up is open again; one that waits
    // anyway stays open.
    private AppendAuditIntake Audited(Actor actor, OutboxRow row, StoreChange change)
    {
        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.OutboxChanged,
            At = node.Now,
            UserId = actor.UserId.ToArray(),
            Role = (byte)actor.Role,
            PacketId = row.PacketId.ToArray(),
            ReferralId = row.ReferralId?.ToArray() ?? [],
        };
        return change switch
        {
            CancelOutbox => node.OfSent(row, AuditOutcome.Failed, detail),
            _ when row.State is OutboxState.Undelivered => node.OfSent(row, AuditOutcome.Pending, detail),
            _ => node.Local(detail),
        };
    }

    private async Task<Refusal> DenyAsync(Actor actor, Refusal denied, RowId id, CancellationToken ct)
    {
        var row = await node.Store.GetOutboxRowAsync(id, ct);
        return await node.DenyAsync(
            actor,
            denied,
            detail => detail with
            {
                PacketId = row?.PacketId.ToArray() ?? [],
                ReferralId = row?.ReferralId?.ToArray() ?? [],
            },
            ct);
    }

    private async Task<Result<Done>> AskAgainAsync(
        List<StoreChange> changes, Conversation conversation, PacketRecord record, OutboxRow row, CancellationToken ct)
    {
        if (conversation.CaseId is not { } caseId)
        {
            return Done.Instance;
        }

        if (!(await _cases.GetAsync(caseId, ct)).TryGet(out var person, out var refusal))
        {
            return refusal;
        }

        changes.Add(new ExpectCase(caseId, person.Version));
        return await _check.CheckAsync(person, conversation, record.Kind, row, ct);
    }

    // The peer stands sealed in the row; the list shows it because the caseworker must know whom to telephone.
    private string PeerOf(OutboxRow row) =>
        node.OpenFile(row).TryGet(out var file, out _) ? file.Peer.ToString() : string.Empty;
}
