namespace CbssReturn.Storage.Changes;

/// <summary>One typed change of a <see cref="NodeTransaction"/>. The kinds are those of this namespace, no others: a
/// store knows each of them.</summary>
public abstract record StoreChange
{
    // Only this assembly adds kinds, because each needs its statement in every store.
    private protected StoreChange()
    {
    }
}
