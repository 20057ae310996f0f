using System.Buffers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using static CbssReturn.Storage.TransactionRules;

namespace CbssReturn.Storage;

/// <summary>The rules of rows and changes; a database repeats them as CHECK constraints.</summary>
internal static class RowRules
{
    private const int CiphertextSizeBytesMax =
        SealedContent.ContentSizeBytesMax + SealedContent.OverheadSizeBytes;

    private const string KeySet = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    private const string AliasSet = KeySet + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly SearchValues<char> AliasCharacters = SearchValues.Create(AliasSet);
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(KeySet);

    /// <summary>Checks one change.</summary>
    /// <exception cref="ArgumentException">It breaks a rule.</exception>
    public static void Check(StoreChange change)
    {
        switch (change)
        {
            case AddUser add:
                CheckUser(add.Row);
                break;
            case RemoveUser remove:
                CheckMoment(remove.RemovedAt);
                break;
            case PutCase put:
                CheckVersion(put.Row.Version, put.ExpectedVersion);
                CheckSealed(put.Row.Sealed);
                CheckMoment(put.Row.UpdatedAt);
                break;
            case ExpectCase expect:
                Require(expect.Version >= 1, "A version is counted from 1.");
                break;
            case AddConsent add:
                CheckVersion(add.Row.Version, add.Row.Version - 1);
                CheckSealed(add.Row.Sealed);
                CheckMoment(add.Row.RecordedAt);
                break;
            case PutConversation put:
                CheckConversation(put.Row, put.ExpectedVersion);
                break;
            case MarkConversationState mark:
                Require(mark.From != 0 && mark.To != 0, "A state is 1 to 255.");
                CheckMoment(mark.UpdatedAt);
                break;
            case AddReceived add:
                Require(add.Row.State is ReceivedState.Stored or ReceivedState.Refused, "Stored or refused.");
                Require(add.Body.IsEmpty == add.Row.Secrets is null, "A body is kept together with its secrets.");
                CheckReceived(add.Row);
                Require(add.Body.Length <= StoreLimits.BodySizeBytesMax, "A body has at most 16 MiB.");
                break;
            case AddQuarantined add:
                Require(add.Row.State == ReceivedState.Quarantined, "The row is quarantined.");
                CheckReceived(add.Row);
                CheckBody(add.Body);
                break;
            case PutEpochSeed put:
                Require(put.Row is { Seed: not null, DestroyedAt: null }, "A new key has its seed.");
                CheckSealed(put.Row.Seed);
                CheckEpochRecord(put.Row.Record, put.Row.Signature);
                break;
            case DestroyEpochSeed destroy:
                CheckMoment(destroy.DestroyedAt);
                break;
            case PutPeerEpochKeys put:
                CheckPeerKeys(put.Rows);
                break;
            case PutMeta put:
                Require(put.Key is { Length: >= 1 and <= PutMeta.KeyLengthMax }
                    && !put.Key.AsSpan().ContainsAnyExcept(KeyCharacters), "A key is a-z, 0-9, hyphen, full stop.");
                Require(put.Value.Length <= PutMeta.ValueSizeBytesMax, "A value has at most 64 KiB.");
                break;
            case AppendAuditIntake append:
                CheckAuditIntake(append.Row);
                break;
            case EraseDetail erase:
                AuditRules.CheckIndex(erase.Index);
                break;
            case StoreProof store:
                AuditRules.Check(store.Row);
                break;
            default:
                CheckOutboxChange(change);
                break;
        }
    }

    /// <summary>Checks the name of a worker.</summary>
    /// <exception cref="ArgumentException">It breaks a rule.</exception>
    public static void CheckWorker(string worker) => Require(
        worker is { Length: >= 1 and <= OutboxRow.WorkerLengthMax } && System.Text.Ascii.IsValid(worker),
        "A worker is named in 1 to 64 ASCII characters.");

    /// <summary>Checks a row for the audit intake. What is committed becomes an entry, or nothing behind it would.
    /// </summary>
    /// <exception cref="ArgumentException">It breaks a rule.</exception>
    public static void CheckAuditIntake(AuditIntakeRow row)
    {
        Require(row.DetailDigest is null == row.Detail is null, "A detail stands with its digest.");
        if (row.Detail is not null)
        {
            CheckSealed(row.Detail);
        }

        try
        {
            row.ToEntry().ToBytes();
        }
        catch (InvalidOperationException exception)
        {
            throw new ArgumentException(exception.Message, nameof(row));
        }
    }

    private static void CheckOutboxChange(StoreChange change)
    {
        switch (change)
        {
            case Enqueue enqueue:
                CheckNewOutboxRow(enqueue.Row);
                CheckBody(enqueue.Body);
                break;
            case ExpectOutbox expect:
                Require(Enum.IsDefined(expect.State), "The state is a known one.");
                break;
            case CompleteOutbox complete:
                CheckCompletion(complete);
                break;
            case DeferOutbox defer:
                CheckWorker(defer.Worker);
                CheckMoment(defer.DueAt);
                Require(defer.Attempts >= 0, "Attempts are counted from 0.");
                CheckCode(defer.LastCode);
                break;
            case ReplaceOutboxEnvelope replace:
                CheckSealed(replace.Sealed);
                CheckBody(replace.Body);
                CheckMoment(replace.DueAt);
                break;
            case RetryOutbox retry:
                CheckMoment(retry.Now);
                CheckMoment(retry.GiveUpAt);
                break;
            case CancelOutbox cancel:
                CheckCode(cancel.LastCode ?? RefusalCode.Undelivered);
                break;
            case WakeOutboxOfPeer wake:
                CheckMoment(wake.Now);
                break;
            default:
                throw new ArgumentException("A change is null or of no known kind.", nameof(change));
        }
    }

    private static void CheckUser(UserRow row)
    {
        Require(row.Alias is { Length: >= 1 and <= UserRow.AliasLengthMax }
            && !row.Alias.AsSpan().ContainsAnyExcept(AliasCharacters), "An alias is A-Z, a-z, 0-9, hyphen, full stop.");
        Require(row.Role is >= 1 and <= 7, "A role is 1 to 7.");
        CheckMoment(row.CreatedAt);
    }

    private static void CheckConversation(ConversationRow row, long expectedVersion)
    {
        CheckVersion(row.Version, expectedVersion);
        Require(row.State != 0, "A state is 1 to 255.");
        CheckSealed(row.Sealed);
        CheckMoment(row.CreatedAt);
        CheckMoment(row.UpdatedAt);
    }

    private static void CheckReceived(ReceivedRow row)
    {
        var isStored = row.State == ReceivedState.Stored;
        Require(isStored == row.ReasonCode is null, "A reason stands with every state but stored.");
        Require(isStored || (row.ReferralId is null && row.Secrets is null), "Only a stored packet has a referral.");
        if (row.ReasonCode is { } code)
        {
            CheckCode(code);
        }

        if (row.Secrets is not null)
        {
            CheckSealed(row.Secrets);
        }

        CheckReceipt(row.Receipt);
        CheckMoment(row.ReceivedAt);
    }

    private static void CheckNewOutboxRow(OutboxRow row)
    {
        Require(
            row is
            {
                State: OutboxState.Queued, Attempts: 0, MayHaveLeft: false, LeaseUntil: null, LeaseOwner: null,
                LastCode: null, Receipt: null
            },
            "A new outbox row is queued and untried.");
        CheckSealed(row.Sealed);
        CheckMoment(row.QueuedAt);
        CheckMoment(row.DueAt);
        CheckMoment(row.GiveUpAt);
    }

    private static void CheckCompletion(CompleteOutbox change)
    {
        var (needsReceipt, mayHaveReceipt) = change.State switch
        {
            OutboxState.Delivered or OutboxState.Conflict => (true, true),
            OutboxState.Refused => (false, true),
            OutboxState.Undelivered => (false, false),
            _ => throw new ArgumentException("An outbox row does not end so.", nameof(change)),
        };
        Require(change.Receipt is not null ? mayHaveReceipt : !needsReceipt, "The receipt does not fit the state.");
        Require(change.State == OutboxState.Delivered == change.LastCode is null, "A code tells why not delivered.");
        if (change.Receipt is not null)
        {
            CheckReceipt(change.Receipt);
        }

        if (change.LastCode is { } code)
        {
            CheckCode(code);
        }
    }

    private static void CheckPeerKeys(IReadOnlyList<PeerEpochKeyRow> rows)
    {
        Require(rows.Count <= PutPeerEpochKeys.RowsMax, "A peer has at most 64 keys.");
        Require(rows.DistinctBy(row => row.Day).Count() == rows.Count, "A day has one key.");
        foreach (var row in rows)
        {
            CheckEpochRecord(row.Record, row.Signature);
        }
    }

    private static void CheckEpochRecord(ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> signature) => Require(
        record.Length == PeerEpochKeyRow.RecordSizeBytes && signature.Length == PeerEpochKeyRow.SignatureSizeBytes,
        "An epoch key's record has 1252 bytes and its signature 64.");

    private static void CheckReceipt(StoredReceipt receipt) => Require(
        receipt is not null && receipt.Record.Length == StoredReceipt.RecordSizeBytes
            && receipt.Signature.Length == StoredReceipt.SignatureSizeBytes,
        "A receipt has 89 bytes and its signature 64.");

    private static void CheckVersion(long version, long expected) =>
        Require(expected >= 0 && version == expected + 1, "A version is one more than the expected one.");

    private static void CheckSealed(SealedContent? content) => Require(
        content is { WrappedKey.Length: SealedContent.WrappedKeySizeBytes }
            && content.Ciphertext is { Length: >= SealedContent.OverheadSizeBytes and <= CiphertextSizeBytesMax },
        "Sealed content has its wrapped key of 96 bytes and at most 16 MiB of content.");

    private static void CheckBody(ReadOnlyMemory<byte> body) =>
        Require(body.Length is >= 1 and <= StoreLimits.BodySizeBytesMax, "A body has 1 byte to 16 MiB.");

    private static void CheckCode(RefusalCode code) =>
        Require((int)code is >= 1000 and <= 9999, "A code has four digits.");

    private static void CheckMoment(DateTimeOffset moment) =>
        Require(moment >= DateTimeOffset.UnixEpoch, "A moment is not before 1970.");
}
