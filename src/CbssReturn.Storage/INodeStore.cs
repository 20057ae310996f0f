using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage;

/// <summary>The one door to a node's cases and packets: named transactions in, typed rows out. The audit log stands
/// behind <see cref="IAuditStore"/>.</summary>
/// <remarks>
/// Every member may be called from any thread. Content columns are sealed before they come here; a store sees no
/// plaintext. Every member throws <see cref="StoreException"/> when the disk is full, damaged or gone or the store is
/// closed. Disposal completes what was accepted. A read sees what was committed before it began.
/// </remarks>
public interface INodeStore : IAsyncDisposable
{
    /// <summary>Keeps all changes of a transaction or none. When the task ends well, they survive a loss of power.
    /// </summary>
    /// <param name="transaction">What to change; see <see cref="NodeTransaction"/>.</param>
    /// <param name="ct">Honoured while the transaction waits to be accepted, not after: then the answer comes anyway.
    /// </param>
    /// <exception cref="ArgumentException">The transaction breaks a rule: no audit intake row, a name or row outside
    /// its limits, or a reference to a row that is not there.</exception>
    Task<CommitOutcome> CommitAsync(NodeTransaction transaction, CancellationToken ct);

    /// <summary>Finds the user in force whose token has this hash; null for none.</summary>
    Task<UserRow?> FindUserByTokenHashAsync(Digest tokenHash, CancellationToken ct);

    /// <summary>Lists users, removed ones too, in the order in which they were added.</summary>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<UserRow>> ListUsersAsync(int max, CancellationToken ct);

    /// <summary>Reads a case; null for none.</summary>
    Task<CaseRow?> GetCaseAsync(RowId caseId, CancellationToken ct);

    /// <summary>Reads the newest version of the newest consent of a case; null for none.</summary>
    Task<ConsentRow?> GetNewestConsentAsync(RowId caseId, CancellationToken ct);

    /// <summary>Reads a conversation by its referral; null for none.</summary>
    Task<ConversationRow?> GetConversationAsync(RowId referralId, CancellationToken ct);

    /// <summary>Finds a conversation by peer and conversation id; null for none.</summary>
    Task<ConversationRow?> FindConversationAsync(ConversationIndex index, CancellationToken ct);

    /// <summary>Lists conversations, newest first.</summary>
    /// <param name="caseId">Only those of this case; null for all.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<ConversationRow>> ListConversationsAsync(RowId? caseId, int max, CancellationToken ct);

    /// <summary>Finds what became of a packet; null when it was never answered with a receipt.</summary>
    Task<ReceivedRow?> FindReceivedAsync(KeyId senderKid, PacketId packetId, CancellationToken ct);

    /// <summary>Reads a received packet without its envelope; null for none.</summary>
    Task<ReceivedRow?> GetReceivedAsync(RowId rowId, CancellationToken ct);

    /// <summary>Counts packets in quarantine.</summary>
    Task<long> CountQuarantinedAsync(CancellationToken ct);

    /// <summary>Reads the envelope of a received or outgoing packet; null for none.</summary>
    Task<ReadOnlyMemory<byte>?> ReadBodyAsync(RowId rowId, CancellationToken ct);

    /// <summary>Reads an outbox row without its envelope; null for none.</summary>
    Task<OutboxRow?> GetOutboxRowAsync(RowId rowId, CancellationToken ct);

    /// <summary>Finds the outbox row of a packet by its present packet id; null for none.</summary>
    Task<OutboxRow?> FindOutboxRowAsync(PacketId packetId, CancellationToken ct);

    /// <summary>Lists outbox rows, newest first.</summary>
    /// <param name="includeDone">Whether to list those that have ended, too; otherwise only queued and undelivered
    /// ones.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<OutboxRow>> ListOutboxAsync(bool includeDone, int max, CancellationToken ct);

    /// <summary>Counts packets that wait to leave or are being sent.</summary>
    Task<long> CountOutboxWaitingAsync(CancellationToken ct);

    /// <summary>Lists the peers that have a packet due, at most <see cref="StoreLimits.ListMax"/>.</summary>
    /// <param name="now">The moment, UTC.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<PeerIndex>> ListOutboxPeersDueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Lists queued packets whose time is over, longest first, so that they can be given up.</summary>
    /// <param name="now">The moment, UTC; rows under a running lease are left out.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<OutboxRow>> ListOutboxOverdueAsync(DateTimeOffset now, int max, CancellationToken ct);

    /// <summary>Claims packets of one peer for a worker: no other worker gets them before the lease ends. Counts an
    /// attempt and sets <see cref="OutboxRow.MayHaveLeft"/>; a transaction of its own, durable on return.</summary>
    /// <param name="peerIndex">The peer.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ClaimRowsMax"/>. Their envelopes together stay within
    /// <see cref="StoreLimits.ClaimSizeBytesMax"/>.</param>
    /// <param name="now">The moment, UTC: rows due by then are claimed, those due first first.</param>
    /// <param name="leaseUntil">When the lease ends, UTC, later than <paramref name="now"/>.</param>
    /// <param name="worker">Who claims: 1 to <see cref="OutboxRow.WorkerLengthMax"/> ASCII characters.</param>
    /// <param name="ct">Honoured until the claim is accepted.</param>
    Task<IReadOnlyList<ClaimedOutboxRow>> ClaimOutboxAsync(
        PeerIndex peerIndex, int max, DateTimeOffset now, DateTimeOffset leaseUntil, string worker,
        CancellationToken ct);

    /// <summary>Reads the node's own daily envelope keys from a day on, destroyed ones too, at most
    /// <see cref="StoreLimits.EpochSeedsMax"/>, earliest first.</summary>
    /// <param name="fromDay">First day, in days since 1970-01-01 UTC; 0 for all.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<EpochSeedRow>> GetEpochSeedsAsync(uint fromDay, CancellationToken ct);

    /// <summary>Reads what is kept of a peer's envelope keys, earliest day first.</summary>
    /// <param name="peerIndex">The peer, by the index made with the label <c>peer_epoch_keys</c>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<PeerEpochKeyRow>> GetPeerEpochKeysAsync(PeerIndex peerIndex, CancellationToken ct);

    /// <summary>Reads a value of the node's own; null for none.</summary>
    Task<ReadOnlyMemory<byte>?> GetMetaAsync(string key, CancellationToken ct);

    /// <summary>Reads audit intake rows in their order.</summary>
    /// <param name="after">Only rows with a higher sequence; 0 for all.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<AuditIntakeRow>> ReadAuditIntakeAsync(long after, int max, CancellationToken ct);
}
