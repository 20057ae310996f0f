using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests;

/// <summary>Rows that keep every rule; what a test is about it changes with <c>with</c>.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 20, 30, 456, TimeSpan.Zero);

    public static RowId NewId() => RowId.New(TimeProvider.System);

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    public static SealedContent Sealed(int size = 120) => new(20514, Bytes(96), Bytes(size));

    public static PeerIndex Peer() => PeerIndex.FromBlindIndex(Bytes(32));

    public static StoredReceipt Receipt() => new(Bytes(89), Bytes(64));

    public static UserRow User(string alias = "worker-1") => new()
    {
        UserId = NewId(),
        Alias = alias,
        Role = 1,
        TokenHash = Digest.Of(Bytes(32)),
        CreatedAt = Now,
    };

    public static CaseRow Case(long version = 1) => new()
    {
        CaseId = NewId(),
        Version = version,
        Sealed = Sealed(),
        UpdatedAt = Now,
    };

    public static ConsentRow Consent(RowId caseId, long version = 1) => new()
    {
        ConsentId = NewId(),
        Version = version,
        CaseId = caseId,
        Sealed = Sealed(),
        RecordedAt = Now,
    };

    public static ConversationRow Conversation(RowId? caseId = null) => new()
    {
        ReferralId = NewId(),
        Index = ConversationIndex.FromBytes(Bytes(32)),
        CaseId = caseId,
        Incoming = caseId is null,
        State = 1,
        Version = 1,
        Sealed = Sealed(),
        CreatedAt = Now,
        UpdatedAt = Now.AddSeconds(1),
    };

    public static ReceivedRow Received(RowId? referralId = null) => new()
    {
        RowId = NewId(),
        SenderKid = KeyId.FromBytes(Bytes(32)),
        PacketId = PacketId.NewRandom(),
        EnvelopeHash = Digest.Of(Bytes(32)),
        ReferralId = referralId,
        State = ReceivedState.Stored,
        Receipt = Receipt(),
        Secrets = Sealed(),
        ReceivedAt = Now,
    };

    public static ReceivedRow NotStored(ReceivedState state) => Received() with
    {
        State = state,
        ReasonCode = RefusalCode.ManifestInvalid,
        Secrets = null,
    };

    public static OutboxRow Outbox(PeerIndex peer, RowId? referralId = null) => new()
    {
        RowId = NewId(),
        PeerIndex = peer,
        PacketId = PacketId.NewRandom(),
        ReferralId = referralId,
        DueAt = Now,
        GiveUpAt = Now.AddHours(72),
        Sealed = Sealed(),
        QueuedAt = Now,
    };

    public static EpochSeedRow Seed(uint day) => new()
    {
        Day = day,
        Record = Bytes(1252),
        Signature = Bytes(64),
        Seed = Sealed(),
    };

    public static PeerEpochKeyRow PeerKey(uint day) => new()
    {
        Day = day,
        Record = Bytes(1252),
        Signature = Bytes(64),
    };

    public static AuditIntakeRow Audit() =>
        AuditIntakeRow.Local(AuditOutcome.Done, Now, Digest.Of(Bytes(32)), Sealed());

    public static AuditIntakeRow OfPacket(AuditEvent kind, RowId? subject = null) => new()
    {
        Event = kind,
        Outcome = AuditOutcome.Done,
        AtMinute = AuditIntakeRow.MinuteOf(Now),
        Peer = Bytes(16),
        Handle = Bytes(16),
        Tag = Digest.Of(Bytes(32)),
        DetailDigest = Digest.Of(Bytes(32)),
        Detail = Sealed(),
        Subject = subject,
    };

    public static AuditIntakeRow Erased(long index, Digest digest) => new()
    {
        Event = AuditEvent.DetailErased,
        Outcome = AuditOutcome.Done,
        AtMinute = AuditIntakeRow.MinuteOf(Now),
        Tag = digest,
        PeerEntryIndex = index,
    };

    public static OutboxProofRow Proof(RowId outbox, long index = 7) => new()
    {
        RowId = outbox,
        PeerEntryIndex = index,
        Entry = Bytes(149),
        Proof = Bytes(500),
    };

    /// <summary>A transaction that keeps the rule: the changes and an audit intake row last.</summary>
    public static NodeTransaction Transaction(params StoreChange[] changes) => Transaction("test-case", changes);

    public static NodeTransaction Transaction(string name, StoreChange[] changes) =>
        new(name, [.. changes, .. changes.Select(Told).OfType<StoreChange>(), new AppendAuditIntake(Audit())]);

    // What must be told in an entry of its own kind.
    private static AppendAuditIntake? Told(StoreChange change) => change switch
    {
        EraseDetail erase => new AppendAuditIntake(Erased(erase.Index, erase.Digest)),
        StoreProof store => new AppendAuditIntake(
            OfPacket(AuditEvent.ReceiptStored) with { PeerEntryIndex = store.Row.PeerEntryIndex }),
        _ => null,
    };

    public static NodeTransaction Defer(DeferOutbox change) => new(HouseKeeping.OutboxDefer, change);
}
