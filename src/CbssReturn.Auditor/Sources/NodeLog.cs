using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace CbssReturn.Auditor.Sources;

/// <summary>A log that is read from a node: its own log, or one that was pushed to it.</summary>
/// <remarks>Files are asked in rows of neighbours, because a tree is read from left to right, and what came too early
/// is kept until it is asked for. Not safe to share between tasks.</remarks>
/// <param name="channel">The way to the node.</param>
/// <param name="origin">Which log.</param>
/// <param name="isReadInOrder">Whether neighbours are worth asking for; false for single files here and there.</param>
internal sealed class NodeLog(NodeChannel channel, string origin, bool isReadInOrder) : ILogSource
{
    // Most that one call takes (audit_log_service.proto).
    private const int TilesMax = 64;
    private const int BundlesMax = 16;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _tilesAhead = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _bundlesAhead = [];

    /// <inheritdoc/>
    public async ValueTask<Result<ReadOnlyMemory<byte>>> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        _tilesAhead.Clear();
        _bundlesAhead.Clear();
        var request = new GetCheckpointRequest { Origin = origin };
        var answer = await channel.CallAsync(
            options => channel.Log.GetCheckpointAsync(request, options), cancellationToken);
        if (answer.TryGet(out var response, out var refusal))
        {
            return response.Checkpoint.Memory;
        }

        return refusal.Code == RefusalCode.NotFound ? refusal : throw new SourceUnreachableException(refusal);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        if (_tilesAhead.Remove(id.Path, out var known))
        {
            return known;
        }

        var request = new GetTilesRequest { Origin = origin };
        request.Paths.Add(id.Path);
        request.Paths.AddRange(
            RowAfter(id.Index, id.Width, TilesMax).Select(index => (id with { Index = index }).Path));
        var answer = await channel.CallAsync(options => channel.Log.GetTilesAsync(request, options), cancellationToken);
        return Take(answer, response => response.Tiles, request.Paths, _tilesAhead);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        if (_bundlesAhead.Remove(id.Path, out var known))
        {
            return known;
        }

        var request = new GetEntryBundlesRequest { Origin = origin };
        request.Paths.Add(id.Path);
        request.Paths.AddRange(
            RowAfter(id.Index, id.Width, BundlesMax).Select(index => (id with { Index = index }).Path));
        var answer = await channel.CallAsync(
            options => channel.Log.GetEntryBundlesAsync(request, options), cancellationToken);
        return Take(answer, response => response.Bundles, request.Paths, _bundlesAhead);
    }

    /// <inheritdoc/>
    public string PlaceOf(string path) => $"{channel.Address} {origin} {path}";

    // The full neighbours to the right; those that are not there yet are simply not given.
    private IEnumerable<long> RowAfter(long index, int width, int countMax) =>
        isReadInOrder && width == TileId.HashesMax
            ? Enumerable.Range(1, countMax - 1).Select(step => index + step)
            : [];

    private static ReadOnlyMemory<byte>? Take<TResponse>(
        Result<TResponse> answer,
        Func<TResponse, IEnumerable<Contracts.Audit.V1.File>> filesOf,
        RepeatedField<string> asked,
        Dictionary<string, ReadOnlyMemory<byte>> ahead)
        where TResponse : class, IMessage
    {
        if (!answer.TryGet(out var response, out var refusal))
        {
            return refusal.Code == RefusalCode.NotFound ? null : throw new SourceUnreachableException(refusal);
        }

        ahead.Clear();
        var paths = asked.ToHashSet(StringComparer.Ordinal);
        foreach (var file in filesOf(response).Where(file => paths.Contains(file.Path)))
        {
            ahead[file.Path] = file.Content.Memory;
        }

        // Without the cast, null would become empty bytes.
        return ahead.Remove(asked[0], out var found) ? found : (ReadOnlyMemory<byte>?)null;
    }
}
