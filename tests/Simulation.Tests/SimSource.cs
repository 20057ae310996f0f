using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.Tests;
using CbssReturn.Outcomes;

namespace CbssReturn.Simulation.Tests;

/// <summary>A log that is read over the network, or at home.</summary>
/// <param name="log">The log as it is now; null as long as there is none.</param>
/// <param name="reaches">Whether a call arrives.</param>
internal sealed class SimSource(Func<MemoryLog?> log, Func<bool> reaches) : ILogSource
{
    public ValueTask<Result<ReadOnlyMemory<byte>>> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        Ask() is { } found
            ? found.ReadCheckpointAsync(cancellationToken)
            : new(new Refusal(RefusalCode.NotFound, "There is no such log yet."));

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        Ask() is { } found ? found.ReadTileAsync(id, cancellationToken) : new((ReadOnlyMemory<byte>?)null);

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        Ask() is { } found ? found.ReadBundleAsync(id, cancellationToken) : new((ReadOnlyMemory<byte>?)null);

    public string PlaceOf(string path) => path;

    private MemoryLog? Ask() => reaches()
        ? log()
        : throw new SourceUnreachableException(
            new Refusal(RefusalCode.PeerUnreachable, "The node cannot be reached."));
}
