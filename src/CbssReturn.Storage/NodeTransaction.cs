using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage;

/// <summary>What one use case changes, all of it or nothing.</summary>
/// <remarks>
/// Changes are applied in the order in which they stand, so a row that another refers to comes first: a case before
/// its consent and its conversation, a conversation before a received packet. Whether the transaction may be committed
/// is checked by <see cref="INodeStore.CommitAsync"/>: without an <see cref="AppendAuditIntake"/> only the
/// <see cref="HouseKeeping"/> names are, with nothing but their own kinds of change.
/// </remarks>
/// <param name="Name">The use case: 1 to <see cref="NameLengthMax"/> characters of a-z, 0-9 and hyphen. It stands in
/// the column <c>updated_by</c> and labels the metrics.</param>
/// <param name="Changes">1 to <see cref="ChangesMax"/> changes.</param>
public sealed record NodeTransaction(string Name, IReadOnlyList<StoreChange> Changes)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLengthMax = 64;

    /// <summary>Most changes that one transaction may hold.</summary>
    public const int ChangesMax = 256;

    /// <summary>Makes a transaction of the changes as they are listed.</summary>
    /// <param name="name">The use case; see <see cref="Name"/>.</param>
    /// <param name="changes">See <see cref="Changes"/>.</param>
    public NodeTransaction(string name, params StoreChange[] changes)
        : this(name, (IReadOnlyList<StoreChange>)changes)
    {
    }
}
