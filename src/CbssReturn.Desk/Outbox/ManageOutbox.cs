using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Referrals;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Outbox;

/// <summary>Shows what waits to leave, makes it due now, or takes it back.</summary>
public sealed class ManageOutbox(NodeContext node, EpochKeys keys, OutboxSignal signal)
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

    /// <summary>Makes a waiting or undelivered packet due now and gives it another 72 hours. Consent is asked again.
    /// One that had been given up is sealed again under another packet id: to the audit log the first one is closed,
    /// and the recipient takes what was said twice once. One that is being sent at this moment is left to its
    /// worker.</summary>
    public async Task<Result<Done>> RetryAsync(Actor actor, RowId id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied && actor.RefuseAdministration() is not null)
        {
            return await DenyAsync(actor, denied, id, ct);
        }

        if (await node.Store.GetOutboxRowAsync(id, ct) is not { } row)
        {
            return NotFound();
        }

        if (!(await AgainAsync(actor, row, ct)).TryGet(out var again, out var refusal))
        {
            return refusal;
        }

        var now = node.Time.GetUtcNow();
        var forbidden = new Refusal(
            RefusalCode.StateForbids, "The packet is delivered, refused or cancelled; there is nothing to try again.");
        var done = await ChangeAsync(
            row, "outbox-retry", [new RetryOutbox(id, now, now + PacketQueue.GiveUpAfter), .. again], forbidden,
            (conversation, record) =>
                conversation with { State = ReferralMachine.OnRetried(conversation.State, record.Kind) },
            asksConsent: true,
            ct);
        signal.Set();

        // Only the row itself may say so: what the consent refuses stays refused.
        return !done.IsOk && ReferenceEquals(done.Refusal, forbidden) && await IsBeingSentAsync(id, ct)
            ? Done.Instance
            : done;
    }

    /// <summary>Takes back a packet of which no byte has left the node; its referral is as it was before.</summary>
    public async Task<Result<Done>> CancelAsync(Actor actor, RowId id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied)
        {
            return await DenyAsync(actor, denied, id, ct);
        }

        if (await node.Store.GetOutboxRowAsync(id, ct) is not { } row)
        {
            return NotFound();
        }

        var forbidden = new Refusal(
            RefusalCode.MayHaveLeft, "The packet has left, or may have; cancel the referral instead.");
        var audited = node.OfSent(row, AuditOutcome.Failed, DetailOf(actor, row, row.PacketId));
        return await ChangeAsync(
            row, "outbox-cancel", [new CancelOutbox(id), audited], forbidden,
            (conversation, record) =>
                conversation.Void(record, ReferralMachine.OnTakenBack(conversation.State, record.Kind)),
            asksConsent: false,
            ct);
    }

    private async Task<bool> IsBeingSentAsync(RowId id, CancellationToken ct) =>
        await node.Store.GetOutboxRowAsync(id, ct) is { State: OutboxState.Queued } row
        && row.LeaseUntil > node.Time.GetUtcNow();

    private async Task<Result<Done>> ChangeAsync(
        OutboxRow row,
        string name,
        IReadOnlyList<StoreChange> own,
        Refusal forbidden,
        Func<Conversation, PacketRecord, Conversation> update,
        bool asksConsent,
        CancellationToken ct)
    {
        List<StoreChange> changes = [new ExpectOutbox(row.RowId, row.PacketId, row.State), .. own];
        if (row.ReferralId is { } referralId
            && (await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out _)
            && conversation.File.FindOutgoing(row.RowId.ToArray()) is { } record)
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

        return outcome.ConflictIndex == 1
            ? forbidden
            : new Refusal(RefusalCode.ChangedMeanwhile, "The packet or its referral changed; look again.");
    }

    // What waits anyway stays open in the log. What was given up is closed there, so it goes as another packet.
    private async Task<Result<IReadOnlyList<StoreChange>>> AgainAsync(Actor actor, OutboxRow row, CancellationToken ct)
    {
        if (row is not { State: OutboxState.Undelivered, ReferralId: { } referralId })
        {
            return new StoreChange[] { node.Local(DetailOf(actor, row, row.PacketId)) };
        }

        if (await node.Store.ReadBodyAsync(row.RowId, ct) is not { } wire)
        {
            return new Refusal(RefusalCode.NotFound, "The packet is no longer kept here.");
        }

        if (!node.OpenFile(row).TryGet(out var file, out var refusal)
            || !_check.OpenParts(row, wire).TryGet(out var parts, out refusal)
            || !(await keys.CurrentOfAsync(file.Peer, ct)).TryGet(out var key, out refusal))
        {
            return refusal;
        }

        var (replace, trail) = PacketQueue.SealAgain(node, file.Peer, referralId, row.RowId, key, parts);
        var detail = DetailOf(actor, row, replace.NewPacketId) with { Kind = AuditDetailKind.PacketSealed };
        return new StoreChange[]
        {
            replace,
            node.OnTrail(AuditEvent.PacketSent, AuditOutcome.Pending, trail, detail),
        };
    }

    private AuditDetail DetailOf(Actor actor, OutboxRow row, PacketId packet) => new()
    {
        Kind = AuditDetailKind.OutboxChanged,
        At = node.Now,
        UserId = actor.UserId.ToArray(),
        Role = (byte)actor.Role,
        PacketId = packet.ToArray(),
        ReferralId = row.ReferralId?.ToArray() ?? [],
    };

    private static Refusal NotFound() =>
        new(RefusalCode.NotFound, "There is no packet with this id in the outbox.", "outbox_id");

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
