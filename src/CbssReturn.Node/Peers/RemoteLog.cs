using CbssReturn.AuditLog;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Peers;

/// <summary>A log that another node holds, read over calls. Bundles are read ahead, because they are wanted in order.
/// Nothing of it is believed here. Owned by one reader.</summary>
/// <param name="channel">The way to the node.</param>
/// <param name="origin">The log.</param>
/// <param name="size">Entries of the tree that is read.</param>
/// <param name="timeMax">How long one call may take.</param>
internal sealed class RemoteLog(PeerChannel channel, string origin, long size, TimeSpan timeMax) : ITileSource
{
    private const int AheadMax = 16;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _ahead = [];

    // A plain null would be that of an array, which becomes empty bytes.
    private static ReadOnlyMemory<byte>? NotHeld => (ReadOnlyMemory<byte>?)null;

    /// <summary>Why the newest call failed; null when it went well. What is not held is no failure.</summary>
    public Refusal? Failure { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        var request = new GetTilesRequest { Origin = origin, Paths = { id.Path } };
        var answer = await CallAsync(
            token => channel.Log.GetTilesAsync(request, cancellationToken: token), cancellationToken);
        return answer?.Tiles is [var tile] && tile.Path == id.Path ? tile.Content.Memory : NotHeld;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        if (_ahead.Remove(id.Path, out var held))
        {
            return held;
        }

        _ahead.Clear();
        var request = new GetEntryBundlesRequest { Origin = origin, Paths = { id.Path } };
        for (var next = id.Index + 1; request.Paths.Count < AheadMax && next * TileId.HashesMax < size; next++)
        {
            request.Paths.Add(TileLayout.BundleAt(size, next).Path);
        }

        var answer = await CallAsync(
            token => channel.Log.GetEntryBundlesAsync(request, cancellationToken: token), cancellationToken);
        foreach (var bundle in answer?.Bundles.Take(AheadMax) ?? [])
        {
            _ahead[bundle.Path] = bundle.Content.Memory;
        }

        return _ahead.Remove(id.Path, out held) ? held : NotHeld;
    }

    private async Task<TResponse?> CallAsync<TResponse>(
        Func<CancellationToken, AsyncUnaryCall<TResponse>> call, CancellationToken ct)
        where TResponse : class, IMessage
    {
        var answered = await channel.CallLogAsync(call, timeMax, ct);
        var isOk = answered.TryGet(out var answer, out var refusal);
        Failure = isOk || refusal!.Code == RefusalCode.LogUnknown ? null : refusal;  // not ok has a refusal
        return answer;
    }
}
