namespace CbssReturn.AuditLog;

// What is kept of the book between two runs of an auditor.
public sealed partial class TagLedger
{
    /// <summary>Opens a book that was kept.</summary>
    /// <param name="state">What <see cref="ToState"/> gave. It is the auditor's own file: what does not fit together
    /// throws.</param>
    public static TagLedger Restore(TagLedgerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var ledger = new TagLedger(
            LogProgress.Restore(state.First), LogProgress.Restore(state.Second), TransfersMax);
        foreach (var transfer in state.Transfers.Select(TagTransfer.Restore))
        {
            ledger._transfers.Add((transfer.Tag, transfer.IsFromFirst), transfer);
            ledger.OwnerOf(transfer).Owned++;
            if (transfer.HasUncovered)
            {
                ledger._uncovered.Add(transfer);
            }

            // The settled ones leave again with the next question.
            ledger._open.Add(transfer);
        }

        return ledger;
    }

    /// <summary>Gives all that must be kept, after <see cref="Judge"/>: findings that were not asked for yet are found
    /// again, but for those about packets forgotten early.</summary>
    public TagLedgerState ToState() => new()
    {
        First = _first.ToState(),
        Second = _second.ToState(),
        Transfers = [.. _transfers.Values.Select(transfer => transfer.ToState())],
    };
}
