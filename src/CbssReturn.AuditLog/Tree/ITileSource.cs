namespace CbssReturn.AuditLog;

/// <summary>Where the tiles and entry bundles of one log are read from: a store, an exported folder, or another node.
/// </summary>
/// <remarks>What comes back is not believed: whoever reads checks sizes and hashes. Full tiles and bundles never change
/// and may be cached.</remarks>
public interface ITileSource
{
    /// <summary>Reads a tile.</summary>
    /// <param name="id">Which; a source that holds a wider one gives the first <see cref="TileId.Width"/> hashes of it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hashes one after the other; null or empty when there is no such tile.</returns>
    ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken);

    /// <summary>Reads an entry bundle.</summary>
    /// <param name="id">Which; a source that holds a wider one gives the first <see cref="BundleId.Width"/> entries of
    /// it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The bundle as <see cref="EntryBundle"/> writes it; null or empty when there is none.</returns>
    ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken);
}
