using System.Buffers;
using CbssReturn.AuditLog;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage;

/// <summary>What every store asks of a transaction before it touches a database. A breach is a mistake of the caller's
/// code, never of a person or a peer, so it is an exception.</summary>
internal static class TransactionRules
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly Dictionary<string, Type> HouseKeepingKinds = new()
    {
        [HouseKeeping.OutboxDefer] = typeof(DeferOutbox),
        [HouseKeeping.OutboxWake] = typeof(WakeOutboxOfPeer),
        [HouseKeeping.PeerEpochKeys] = typeof(PutPeerEpochKeys),
        [HouseKeeping.Meta] = typeof(PutMeta),
    };

    /// <summary>Checks a transaction.</summary>
    /// <exception cref="ArgumentException">It breaks a rule; the message names it without any value.</exception>
    public static void Check(NodeTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var (name, changes) = (transaction.Name, transaction.Changes);
        Require(name is { Length: >= 1 and <= NodeTransaction.NameLengthMax }
            && !name.AsSpan().ContainsAnyExcept(NameCharacters), "A transaction is named in a-z, 0-9 and hyphen.");
        Require(changes is { Count: >= 1 and <= NodeTransaction.ChangesMax }, "A transaction holds 1 to 256 changes.");
        if (HouseKeepingKinds.TryGetValue(name, out var kind))
        {
            Require(changes.All(change => change?.GetType() == kind), $"A '{name}' holds only {kind.Name}.");
        }
        else
        {
            Require(changes.Any(change => change is AppendAuditIntake), $"'{name}' has no audit intake row.");
        }

        foreach (var change in changes)
        {
            RowRules.Check(change);
            Require(IsTold(change, changes), $"'{name}' does not tell the log what it does to it.");
        }
    }

    /// <summary>Checks what a claim asks for.</summary>
    /// <exception cref="ArgumentException">It breaks a rule.</exception>
    public static void CheckClaim(int max, DateTimeOffset now, DateTimeOffset leaseUntil, string worker)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, StoreLimits.ClaimRowsMax);
        Require(leaseUntil > now, "A lease ends after it begins.");
        RowRules.CheckWorker(worker);
    }

    // Two changes are told in an entry of their own kind, which an auditor asks for.
    private static bool IsTold(StoreChange change, IReadOnlyList<StoreChange> changes) => change switch
    {
        EraseDetail erase => changes.OfType<AppendAuditIntake>().Any(append =>
            append.Row.Event == AuditEvent.DetailErased
                && append.Row.PeerEntryIndex == erase.Index && append.Row.Tag == erase.Digest),
        StoreProof store => changes.OfType<AppendAuditIntake>().Any(append =>
            append.Row.Event == AuditEvent.ReceiptStored && append.Row.PeerEntryIndex == store.Row.PeerEntryIndex),
        _ => true,
    };

    /// <summary>Throws unless a rule holds.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }
}
