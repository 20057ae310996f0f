using System.Reflection;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A node's log whose store fails at one call, counted from the first: before anything was done, or after it
/// was kept. From then on it fails always, as for a process that is gone.</summary>
public class FaultyLog : DispatchProxy
{
    private IAuditStore _store = null!;  // set by Around
    private int _failAt;
    private bool _isKept;
    private int _calls;

    public bool HasFailed => _calls >= _failAt;

    public static IAuditStore Around(IAuditStore store, int failAt, bool isKept)
    {
        var proxy = Create<IAuditStore, FaultyLog>();
        var log = (FaultyLog)(object)proxy;
        (log._store, log._failAt, log._isKept) = (store, failAt, isKept);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == "get_" + nameof(IAuditStore.Tiles))
        {
            return new FaultyTiles(this, _store.Tiles);
        }

        if (!Count())
        {
            return targetMethod.Invoke(_store, args);
        }

        if (!_isKept || _calls > _failAt)
        {
            throw Failed(isOutcomeUnknown: false);
        }

        var running = targetMethod.Invoke(_store, args);
        return targetMethod.ReturnType == typeof(Task)
            ? FailAfterAsync((Task)running!)
            : typeof(FaultyLog)
                .GetMethod(nameof(FailAfterAnswerAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments[0])
                .Invoke(null, [running]);
    }

    private static StoreException Failed(bool isOutcomeUnknown) => new(
        new Refusal(RefusalCode.StoreUnavailable, "The test wants it so."), isOutcomeUnknown);

    private static async Task FailAfterAsync(Task running)
    {
        await running;
        throw Failed(isOutcomeUnknown: true);
    }

    private static async Task<T> FailAfterAnswerAsync<T>(Task<T> running)
    {
        await running;
        throw Failed(isOutcomeUnknown: true);
    }

    private bool Count() => Interlocked.Increment(ref _calls) >= _failAt;

    private sealed class FaultyTiles(FaultyLog log, ITileSource tiles) : ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
            log.Count() ? throw Failed(isOutcomeUnknown: false) : tiles.ReadTileAsync(id, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
            log.Count() ? throw Failed(isOutcomeUnknown: false) : tiles.ReadBundleAsync(id, cancellationToken);
    }
}
