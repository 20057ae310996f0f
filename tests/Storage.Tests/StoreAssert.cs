using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests;

/// <summary>Commits and says what was expected.</summary>
internal static class StoreAssert
{
    public static async Task CommitsAsync(INodeStore store, params StoreChange[] changes) =>
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(Sample.Transaction(changes), default));

    public static async Task ConflictsAsync(INodeStore store, int changeIndex, params StoreChange[] changes) =>
        Assert.Equal(
            CommitOutcome.Conflict(changeIndex), await store.CommitAsync(Sample.Transaction(changes), default));

    public static void Same(object? expected, object? actual) =>
        Assert.Equal(RowText.Of(expected), RowText.Of(actual));
}
