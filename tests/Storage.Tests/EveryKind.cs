using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests;

/// <summary>One change of every kind, together with the rows that it needs to go through.</summary>
internal sealed class EveryKind
{
    private readonly CaseRow _case = Sample.Case();
    private readonly ConversationRow _conversation = Sample.Conversation();
    private readonly OutboxRow _queued = Sample.Outbox(Sample.Peer());
    private readonly OutboxRow _leased = Sample.Outbox(Sample.Peer());
    private readonly OutboxRow _delivered = Sample.Outbox(Sample.Peer());
    private readonly UserRow _user = Sample.User();
    private readonly AuditIntakeRow _erased = Sample.Audit();

    public EveryKind()
    {
        var (consent, received) = (Sample.Consent(_case.CaseId), Sample.Received(_conversation.ReferralId));
        Changes =
        [
            new AddUser(Sample.User("worker-2")),
            new RemoveUser(_user.UserId, Sample.Now),
            new PutCase(Sample.Case(2) with { CaseId = _case.CaseId }, 1),
            new ExpectCase(_case.CaseId, 1),
            new AddConsent(consent),
            new PutConversation(_conversation with { Version = 2, State = 3 }, 1),
            new MarkConversationState(_conversation.ReferralId, 1, 2, Sample.Now),
            new AddReceived(received, Sample.Bytes(20000)),
            new AddQuarantined(Sample.NotStored(ReceivedState.Quarantined), Sample.Bytes(20000)),
            new Enqueue(Sample.Outbox(Sample.Peer(), _conversation.ReferralId), Sample.Bytes(20000)),
            new ExpectOutbox(_leased.RowId, _leased.PacketId, OutboxState.Queued),
            new CompleteOutbox(_leased.RowId, OutboxState.Delivered, Sample.Receipt(), null),
            new DeferOutbox(_leased.RowId, "worker", Sample.Now.AddHours(1), 1, true, RefusalCode.PeerBusy),
            new ReplaceOutboxEnvelope(
                _queued.RowId, PacketId.NewRandom(), Sample.Bytes(20000), Sample.Sealed(), Sample.Now),
            new RetryOutbox(_queued.RowId, Sample.Now.AddMinutes(1), Sample.Now.AddHours(80)),
            new CancelOutbox(_queued.RowId),
            new WakeOutboxOfPeer(_queued.PeerIndex, Sample.Now.AddMinutes(-1)),
            new PutEpochSeed(Sample.Seed(20515)),
            new DestroyEpochSeed(20514, Sample.Now),
            new PutPeerEpochKeys(Sample.Peer(), [Sample.PeerKey(20514), Sample.PeerKey(20515)]),
            new PutMeta("directory.version", Sample.Bytes(8)),
            new AppendAuditIntake(Sample.Audit()),
            new EraseDetail(0, _erased.DetailDigest!.Value),
            new StoreProof(Sample.Proof(_delivered.RowId)),
        ];
    }

    public IReadOnlyList<StoreChange> Changes { get; }

    public static IReadOnlyList<StoreChange> OfChange() => new EveryKind().Changes;

    /// <summary>Stores what the changes need.</summary>
    public async Task PrepareAsync<TStore>(TStore store)
        where TStore : INodeStore, IAuditStore
    {
        await TestLog.AppendAsync(store, 1, () => _erased);
        await (await TestLog.BeginAsync(store)).IntegrateAllAsync();
        await StoreAssert.CommitsAsync(
            store,
            new AddUser(_user),
            new PutCase(_case, 0),
            new PutConversation(_conversation, 0),
            new Enqueue(_queued, Sample.Bytes(20000)),
            new Enqueue(_leased, Sample.Bytes(20000)),
            new Enqueue(_delivered, Sample.Bytes(20000)),
            new CompleteOutbox(_delivered.RowId, OutboxState.Delivered, Sample.Receipt(), null),
            new PutEpochSeed(Sample.Seed(20514)));
        Assert.Single(await store.ClaimOutboxAsync(
            _leased.PeerIndex, 1, Sample.Now, Sample.Now.AddMinutes(2), "worker", default));
    }
}
