using System.Collections.Concurrent;
using System.Reflection;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>A store that notes what is committed, and fails a commit when told to: before it is kept, or
/// after.</summary>
/// <remarks>Everything else goes to the real store behind it.</remarks>
public class WatchedStore : DispatchProxy
{
    private readonly ConcurrentQueue<NodeTransaction> _committed = new();
    private INodeStore _store = null!;  // set by Around

    /// <summary>When to fail.</summary>
    public enum Fault
    {
        None,
        NotKept,
        KeptButNotTold,
    }

    public IReadOnlyList<NodeTransaction> Committed => [.. _committed];

    /// <summary>Fails the next commit of a name once.</summary>
    public (string Name, Fault Fault) Next { get; set; }

    /// <summary>What happens just before the next commit of a name, once: somebody else is quicker.</summary>
    public (string Name, Func<Task> Do) Before { get; set; }

    public static INodeStore Around(INodeStore store)
    {
        var watched = Create<INodeStore, WatchedStore>();
        ((WatchedStore)(object)watched)._store = store;
        return watched;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name is nameof(INodeStore.CommitAsync)
            ? CommitAsync((NodeTransaction)args![0]!, (CancellationToken)args[1]!)
            : targetMethod!.Invoke(_store, args);

    private async Task<CommitOutcome> CommitAsync(NodeTransaction transaction, CancellationToken ct)
    {
        if (Before.Name == transaction.Name)
        {
            var quicker = Before.Do;
            Before = default;
            await quicker();
        }

        var fault = Next.Name == transaction.Name ? Next.Fault : Fault.None;
        if (fault is not Fault.None)
        {
            Next = default;
        }

        if (fault is Fault.NotKept)
        {
            throw Failed(isOutcomeUnknown: false);
        }

        var outcome = await _store.CommitAsync(transaction, ct);
        if (outcome.IsCommitted)
        {
            _committed.Enqueue(transaction);
        }

        return fault is Fault.None ? outcome : throw Failed(isOutcomeUnknown: true);
    }

    private static StoreException Failed(bool isOutcomeUnknown) => new(
        new Refusal(RefusalCode.StoreUnavailable, "The test wants it so."), isOutcomeUnknown);
}
