namespace CbssReturn.Storage;

/// <summary>How a transaction ended: kept for good, or not at all because a change met another state.</summary>
/// <remarks>
/// A conflict is a unique value that exists already, a version that is not the expected one, or a row that is missing
/// or in another state. It is a normal answer: the caller reads again and decides. <c>default</c> is a conflict at
/// change 0 and is never returned.
/// </remarks>
public readonly record struct CommitOutcome
{
    private readonly int _conflictIndex;

    private CommitOutcome(bool isCommitted, int index) => (IsCommitted, _conflictIndex) = (isCommitted, index);

    /// <summary>Everything is durable.</summary>
    public static CommitOutcome Committed { get; } = new(true, -1);

    /// <summary>Whether everything is durable; false when nothing of the transaction is kept.</summary>
    public bool IsCommitted { get; }

    /// <summary>Which change met another state: its place in <see cref="NodeTransaction.Changes"/>, counted from 0; -1
    /// when committed.</summary>
    public int ConflictIndex => _conflictIndex;

    /// <summary>Says that a change met another state and that nothing is kept.</summary>
    /// <param name="changeIndex">Place of the change, counted from 0.</param>
    public static CommitOutcome Conflict(int changeIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(changeIndex);
        return new CommitOutcome(false, changeIndex);
    }
}
