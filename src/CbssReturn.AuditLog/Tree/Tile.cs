namespace CbssReturn.AuditLog;

/// <summary>A tile with its hashes.</summary>
/// <param name="Id">Which tile.</param>
/// <param name="Hashes">The hashes one after the other, <see cref="TileId.SizeBytes"/> bytes. Whoever gets the tile
/// may keep them: nobody else writes there.</param>
public sealed record Tile(TileId Id, byte[] Hashes);
