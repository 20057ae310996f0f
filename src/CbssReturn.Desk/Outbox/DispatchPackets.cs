using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Outbox;

/// <summary>Hands packets to the worker that carries them, and settles what came of it
/// (docs/spec/exchange.md).</summary>
/// <remarks>Delivery is effectively once: a row is settled only by a receipt that verifies, a lease that ends returns
/// it, and the receiver answers a repeat with the same bytes.</remarks>
public sealed class DispatchPackets(NodeContext node, ResealPacket reseal, OutboxSignal signal)
{
    /// <summary>How long a worker may hold a packet.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // How long a packet may be overdue before it is given up untried, although its peer could be called.
    private static readonly TimeSpan OverdueMax = TimeSpan.FromHours(1);

    // Names this process among those that share a store.
    private readonly string _worker = RowId.New(node.Time).ToString();
    private readonly Conversations _conversations = new(node);
    private readonly PeersByIndex _recipients = new(node);

    // When a look first found each packet overdue. Replaced as a whole at each look, by the one worker that looks.
    private volatile Dictionary<RowId, DateTimeOffset> _overdueSince = [];

    /// <summary>Gives up what nobody can try any more, then lists the peers in the directory, suspended ones apart,
    /// that have a packet due now.</summary>
    public async Task<IReadOnlyList<NodeId>> PeersDueAsync(CancellationToken ct)
    {
        await GiveUpOverdueAsync(ct);
        var due = await node.Store.ListOutboxPeersDueAsync(node.Time.GetUtcNow(), ct);
        var byIndex = _recipients.Now();
        return [.. due.Where(byIndex.ContainsKey).Select(index => byIndex[index])];
    }

    /// <summary>Claims packets of one peer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="max">Most packets, 1 to 256.</param>
    /// <param name="ct">Honoured until the claim is accepted.</param>
    public async Task<IReadOnlyList<ClaimedPacket>> ClaimAsync(NodeId peer, int max, CancellationToken ct)
    {
        if (node.Directory.IsExpired)
        {
            return [];
        }

        var now = node.Time.GetUtcNow();
        var rows = await node.Store.ClaimOutboxAsync(node.PeerIndexOf(peer), max, now, now + Lease, _worker, ct);
        return
        [
            .. rows.Select(claimed => new ClaimedPacket(
                claimed.Row.RowId,
                claimed.Row.PacketId,
                claimed.Body,
                claimed.Row.Attempts,
                claimed.HadMayHaveLeft,
                claimed.Row.GiveUpAt)),
        ];
    }

    /// <summary>Settles answers of a peer; they are committed together.</summary>
    public Task SettleAsync(
        NodeId peer, IReadOnlyList<(ClaimedPacket Packet, DeliveryAnswer Answer)> answers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return Task.WhenAll(answers.Select(answer => SettleOneAsync(peer, answer.Packet, answer.Answer, ct)));
    }

    /// <summary>Puts packets back after a failure; those whose 72 hours are over become undelivered.</summary>
    /// <param name="packets">The packets.</param>
    /// <param name="code">Why they did not get through.</param>
    /// <param name="mayHaveLeft">Whether a byte of them may have left the node in this attempt.</param>
    /// <param name="ct">Honoured until the change is accepted.</param>
    public Task FailAsync(
        IReadOnlyList<ClaimedPacket> packets, RefusalCode code, bool mayHaveLeft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(packets);
        return Task.WhenAll(
            packets.Select(packet => PutBackAsync(packet, BackOff.Draw(packet.Attempts), code, mayHaveLeft, ct)));
    }

    /// <summary>Puts packets back as if they had not been claimed: the node stops.</summary>
    public Task ReleaseAsync(IReadOnlyList<ClaimedPacket> packets, bool mayHaveLeft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(packets);
        return Task.WhenAll(packets.Select(packet => DeferAsync(
            packet, TimeSpan.Zero, packet.Attempts - 1, RefusalCode.NodeNotReady, mayHaveLeft, ct)));
    }

    /// <summary>Makes everything that waits for a peer due now: it called us, or can be reached again.</summary>
    public async Task WakeAsync(NodeId peer, CancellationToken ct)
    {
        await node.Store.CommitAsync(
            new NodeTransaction(
                HouseKeeping.OutboxWake, new WakeOutboxOfPeer(node.PeerIndexOf(peer), node.Time.GetUtcNow())),
            ct);
        signal.Set();
    }

    private async Task SettleOneAsync(NodeId peer, ClaimedPacket packet, DeliveryAnswer answer, CancellationToken ct)
    {
        switch (answer)
        {
            case DeliveryAnswer.Receipted(var receipt) when Verify(peer, packet, receipt) is { } verified:
                var (state, code) = (StateOf(verified.Outcome), CodeOf(verified.Outcome));
                await CompleteAsync(packet.Row, packet.Id, state, receipt, code, ct);
                break;
            case DeliveryAnswer.Receipted:
                await FailAsync([packet], RefusalCode.ReceiptInvalid, mayHaveLeft: true, ct);
                break;
            case DeliveryAnswer.KeyGone:
                await ResealAsync(peer, packet, ct);
                break;
            case DeliveryAnswer.Busy(var retryAfter):
                var wait = TimeSpan.FromTicks(Math.Clamp(retryAfter.Ticks, 0, BackOff.Max.Ticks));
                await PutBackAsync(packet, wait, RefusalCode.PeerBusy, mayHaveLeft: true, ct);
                break;
            case DeliveryAnswer.Unsigned:
                await CompleteAsync(packet.Row, packet.Id, OutboxState.Refused, null, RefusalCode.PeerRefused, ct);
                break;
            default:
                throw new InvalidOperationException("An answer that nobody knows.");
        }
    }

    private async Task ResealAsync(NodeId peer, ClaimedPacket packet, CancellationToken ct)
    {
        if ((await reseal.ResealAsync(peer, packet, ct)).TryGet(out _, out var refusal))
        {
            signal.Set();
            return;
        }

        await FailAsync([packet], refusal.Code, mayHaveLeft: true, ct);
    }

    private Receipt? Verify(NodeId peer, ClaimedPacket packet, StoredReceipt stored) =>
        Receipt.Parse(stored.Record.Span, stored.Signature.Span).TryGet(out var receipt, out _)
        && receipt.PacketId == packet.Id
        && Envelope.Parse(packet.Envelope).TryGet(out var envelope, out _)
        && receipt.EnvelopeHash == envelope.Hash
        && node.ReceiptKeysOf(peer, receipt.ReceivedAt).Any(receipt.Verify)
            ? receipt
            : null;

    // Packets whose 72 hours are over, and whose peer is suspended or no longer in the directory. Those of other peers
    // are tried once more first: this node may have been off all the time. A peer that keeps a stream open and takes
    // nothing could prevent that for ever, so they have an hour for it.
    private async Task GiveUpOverdueAsync(CancellationToken ct)
    {
        var now = node.Time.GetUtcNow();
        var overdue = await node.Store.ListOutboxOverdueAsync(now, StoreLimits.ListMax, ct);
        var (before, byIndex) = (_overdueSince, _recipients.Now());
        var since = overdue.ToDictionary(row => row.RowId, row => before.GetValueOrDefault(row.RowId, now));
        _overdueSince = since;
        await Task.WhenAll(overdue
            .Where(row => !byIndex.ContainsKey(row.PeerIndex) || now - since[row.RowId] >= OverdueMax)
            .Select(row => GiveUpAsync(row.RowId, row.PacketId, ct)));
    }

    private Task PutBackAsync(
        ClaimedPacket packet, TimeSpan wait, RefusalCode code, bool mayHaveLeft, CancellationToken ct) =>
        node.Time.GetUtcNow() >= packet.GiveUpAt
            ? GiveUpAsync(packet.Row, packet.Id, ct)
            : DeferAsync(packet, wait, packet.Attempts, code, mayHaveLeft, ct);

    private Task GiveUpAsync(RowId row, PacketId id, CancellationToken ct) =>
        CompleteAsync(row, id, OutboxState.Undelivered, null, RefusalCode.Undelivered, ct);

    private async Task CompleteAsync(
        RowId rowId, PacketId id, OutboxState state, StoredReceipt? receipt, RefusalCode? code, CancellationToken ct)
    {
        // Row and referral may change under our hands; a conflict is read again, and each round is somebody's success.
        while (!ct.IsCancellationRequested)
        {
            // Settled before by the same receipt; or sealed anew meanwhile, so that this is about nothing any more.
            var row = await node.Store.GetOutboxRowAsync(rowId, ct);
            if (row?.PacketId != id || !MayEnd(row.State, state))
            {
                return;
            }

            var detail = new AuditDetail
            {
                Kind = state is OutboxState.Undelivered
                    ? AuditDetailKind.PacketUndelivered
                    : AuditDetailKind.ReceiptTaken,
                At = node.Now,
                PacketId = id.ToArray(),
                ReferralId = row.ReferralId?.ToArray() ?? [],
                ReasonCode = (int)(code ?? RefusalCode.Unspecified),
            };
            // What was given up is closed in the log; a receipt that comes late is noted without opening it again.
            var audited = row.State is OutboxState.Queued
                ? node.OfSent(row, ClosingOf(state), detail)
                : node.Local(detail, ClosingOf(state));
            List<StoreChange> changes =
            [
                new ExpectOutbox(rowId, id, row.State),
                new CompleteOutbox(rowId, state, receipt, code),
                audited,
            ];
            if (await StateChangeAsync(row, state, ct) is { } change)
            {
                changes.Add(change);
            }

            var outcome = await node.Store.CommitAsync(new NodeTransaction("outbox-settle", changes), ct);
            if (outcome.IsCommitted)
            {
                return;
            }
        }
    }

    // Always with the conversation's version, or a use case that read it before would put the old state back.
    private async Task<PutConversation?> StateChangeAsync(OutboxRow row, OutboxState state, CancellationToken ct)
    {
        if (row.ReferralId is not { } referralId
            || !(await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out _)
            || conversation.File.FindOutgoing(row.RowId.ToArray()) is not { } record)
        {
            return null;
        }

        var next = NextState(conversation.State, record.Kind, state);
        if (state is OutboxState.Refused or OutboxState.Conflict)
        {
            return _conversations.Put(conversation.Void(record, next));
        }

        return next == conversation.State ? null : _conversations.Put(conversation with { State = next });
    }

    private async Task DeferAsync(
        ClaimedPacket packet, TimeSpan wait, int attempts, RefusalCode code, bool mayHaveLeft, CancellationToken ct)
    {
        var change = new DeferOutbox(
            packet.Row, _worker, node.Time.GetUtcNow() + wait, attempts, packet.HadMayHaveLeft || mayHaveLeft, code);

        // A conflict says that the lease ended and somebody else has the row: it is in good hands.
        await node.Store.CommitAsync(new NodeTransaction(HouseKeeping.OutboxDefer, change), ct);
    }

    private static OutboxState StateOf(ReceiptOutcome outcome) => outcome switch
    {
        ReceiptOutcome.Stored => OutboxState.Delivered,
        ReceiptOutcome.Refused => OutboxState.Refused,
        ReceiptOutcome.Conflict => OutboxState.Conflict,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static bool MayEnd(OutboxState before, OutboxState after) =>
        before is OutboxState.Queued || (before is OutboxState.Undelivered && after is not OutboxState.Undelivered);

    // How the entry reads that closes what PACKET_SENT opened (docs/spec/audit-intake.md, section 3).
    private static AuditOutcome ClosingOf(OutboxState state) => state switch
    {
        OutboxState.Delivered => AuditOutcome.Done,
        OutboxState.Undelivered => AuditOutcome.Failed,
        _ => AuditOutcome.Refused,
    };

    private static RefusalCode? CodeOf(ReceiptOutcome outcome) => outcome switch
    {
        ReceiptOutcome.Refused => RefusalCode.PeerRefused,
        ReceiptOutcome.Conflict => RefusalCode.PeerConflict,
        _ => null,
    };

    private static ReferralState NextState(ReferralState state, MessageKind kind, OutboxState settled) => settled switch
    {
        OutboxState.Delivered => ReferralMachine.OnDelivered(state, kind),
        OutboxState.Undelivered => ReferralMachine.OnUndelivered(state, kind),
        _ => ReferralMachine.OnRefused(state, kind),
    };
}
