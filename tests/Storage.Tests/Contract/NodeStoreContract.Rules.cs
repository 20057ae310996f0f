using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    private static readonly SealedContent ShortKey = new(1, new byte[95], new byte[48]);
    private static readonly DateTimeOffset TooEarly = new(1969, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public static TheoryData<string, StoreChange> BrokenRules() => new()
    {
        { "alias empty", new AddUser(Sample.User("")) },
        { "alias long", new AddUser(Sample.User(new string('a', 33))) },
        { "alias with space", new AddUser(Sample.User("a b")) },
        { "role 0", new AddUser(Sample.User() with { Role = 0 }) },
        { "role 8", new AddUser(Sample.User() with { Role = 8 }) },
        { "moment early", new RemoveUser(Sample.NewId(), TooEarly) },
        { "case version", new PutCase(Sample.Case(2), 0) },
        { "case key", new PutCase(Sample.Case() with { Sealed = ShortKey }, 0) },
        { "case ciphertext", new PutCase(Sample.Case() with { Sealed = Sample.Sealed(47) }, 0) },
        { "consent version", new AddConsent(Sample.Consent(Sample.NewId(), 0)) },
        { "conversation state", new PutConversation(Sample.Conversation() with { State = 0 }, 0) },
        { "conversation version", new PutConversation(Sample.Conversation(), 1) },
        { "mark state", new MarkConversationState(Sample.NewId(), 1, 0, Sample.Now) },
        { "stored without body", new AddReceived(Sample.Received(), default) },
        { "refused with body", new AddReceived(Sample.NotStored(ReceivedState.Refused), new byte[1]) },
        { "stored with reason", new AddReceived(
            Sample.Received() with { ReasonCode = RefusalCode.NotFound }, new byte[1]) },
        { "quarantined as received", new AddReceived(Sample.NotStored(ReceivedState.Quarantined), new byte[1]) },
        { "quarantined with secrets", new AddQuarantined(
            Sample.NotStored(ReceivedState.Quarantined) with { Secrets = Sample.Sealed() }, new byte[1]) },
        { "receipt short", new AddReceived(
            Sample.Received() with { Receipt = new StoredReceipt(new byte[88], new byte[64]) }, new byte[1]) },
        { "enqueue without body", new Enqueue(Sample.Outbox(Sample.Peer()), default) },
        { "enqueue of tried row", new Enqueue(Sample.Outbox(Sample.Peer()) with { Attempts = 1 }, new byte[1]) },
        { "enqueue of leased row", new Enqueue(
            Sample.Outbox(Sample.Peer()) with { LeaseUntil = Sample.Now, LeaseOwner = "w" }, new byte[1]) },
        { "expect no state", new ExpectOutbox(Sample.NewId(), PacketId.NewRandom(), (OutboxState)7) },
        { "complete as queued", new CompleteOutbox(Sample.NewId(), OutboxState.Queued, null, RefusalCode.PeerBusy) },
        { "complete as cancelled", new CompleteOutbox(
            Sample.NewId(), OutboxState.Cancelled, null, RefusalCode.PeerBusy) },
        { "delivered without receipt", new CompleteOutbox(Sample.NewId(), OutboxState.Delivered, null, null) },
        { "undelivered with receipt", new CompleteOutbox(
            Sample.NewId(), OutboxState.Undelivered, Sample.Receipt(), RefusalCode.Undelivered) },
        { "refused without code", new CompleteOutbox(Sample.NewId(), OutboxState.Refused, Sample.Receipt(), null) },
        { "replace without body", new ReplaceOutboxEnvelope(
            Sample.NewId(), PacketId.NewRandom(), default, Sample.Sealed(), Sample.Now) },
        { "seed missing", new PutEpochSeed(Sample.Seed(1) with { Seed = null }) },
        { "record short", new PutEpochSeed(Sample.Seed(1) with { Record = new byte[1251] }) },
        { "peer keys twice a day", new PutPeerEpochKeys(Sample.Peer(), [Sample.PeerKey(1), Sample.PeerKey(1)]) },
        { "peer keys many", new PutPeerEpochKeys(
            Sample.Peer(), [.. Enumerable.Range(0, 65).Select(day => Sample.PeerKey((uint)day))]) },
        { "meta key", new PutMeta("Upper", default) },
        { "meta value", new PutMeta("a", new byte[65537]) },
        { "audit minute", new AppendAuditIntake(Sample.Audit() with { AtMinute = Sample.Now }) },
        { "audit event", new AppendAuditIntake(Sample.Audit() with { Event = (AuditEvent)9 }) },
        { "audit local peer", new AppendAuditIntake(Sample.Audit() with { Peer = Sample.Bytes(16) }) },
        { "audit local tag", new AppendAuditIntake(Sample.Audit() with { Tag = Digest.Of([1]) }) },
        { "audit handle", new AppendAuditIntake(
            Sample.Audit() with { Event = AuditEvent.PacketSent, Handle = new byte[15] }) },
        { "audit detail without digest", new AppendAuditIntake(Sample.Audit() with { DetailDigest = null }) },
        { "audit index", new AppendAuditIntake(
            Sample.Audit() with { Event = AuditEvent.ReceiptStored, PeerEntryIndex = -1 }) },
    };

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public async Task CommitAsync_WithAChangeThatBreaksARule_ThrowsAndKeepsNothing(string rule, StoreChange change)
    {
        var thrown = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Store.CommitAsync(Sample.Transaction(change), default));

        Assert.NotNull(rule);
        Assert.Null(thrown.InnerException);  // refused before any statement ran
        Assert.Empty(await Store.ReadAuditIntakeAsync(0, 1, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task CommitAsync_WithAnImproperName_Throws(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.CommitAsync(new NodeTransaction(name, new AppendAuditIntake(Sample.Audit())), default));

    [Fact]
    public async Task CommitAsync_WithNoOrTooManyChanges_Throws()
    {
        var many = Enumerable.Range(0, NodeTransaction.ChangesMax + 1)
            .Select(_ => (StoreChange)new AppendAuditIntake(Sample.Audit())).ToArray();

        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(new NodeTransaction("a"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(new NodeTransaction("a", many), default));
    }

    [Fact]
    public async Task CommitAsync_WithoutAuditIntake_ThrowsForEveryKindOfChange()
    {
        foreach (var change in EveryKind.OfChange().Where(change => change is not AppendAuditIntake))
        {
            await Assert.ThrowsAsync<ArgumentException>(() =>
                Store.CommitAsync(new NodeTransaction("use-case", change), default));
        }
    }

    [Theory]
    [InlineData(HouseKeeping.OutboxDefer, typeof(DeferOutbox))]
    [InlineData(HouseKeeping.OutboxWake, typeof(WakeOutboxOfPeer))]
    [InlineData(HouseKeeping.PeerEpochKeys, typeof(PutPeerEpochKeys))]
    [InlineData(HouseKeeping.Meta, typeof(PutMeta))]
    public async Task CommitAsync_UnderAHouseKeepingName_TakesItsOwnKindOnly(string name, Type kind)
    {
        foreach (var change in EveryKind.OfChange())
        {
            var commit = () => Store.CommitAsync(new NodeTransaction(name, change), default);
            if (change.GetType() == kind)
            {
                await commit();
            }
            else
            {
                await Assert.ThrowsAsync<ArgumentException>(commit);
            }
        }
    }
}
