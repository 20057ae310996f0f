using CbssReturn.AuditLog;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests;

/// <summary>Makes steps of a mirror, as an auditor does.</summary>
internal static class Mirroring
{
    /// <summary>The step from what is held to some entries more.</summary>
    public static async Task<MirrorUpdate> NextAsync(
        ITileSource held, string origin, long size, params byte[][] entries)
    {
        var edge = (await RightEdge.LoadAsync(held, size, default)).Value;
        foreach (var entry in entries)
        {
            edge.Append(LogHash.Leaf(entry));
        }

        var known = size % TileId.HashesMax == 0
            ? []
            : EntryBundle.Parse(
                (await held.ReadBundleAsync(TileLayout.BundleAt(size, size / TileId.HashesMax), default))!.Value,
                (int)(size % TileId.HashesMax)).Value;
        var all = known.Concat(entries.Select(entry => (ReadOnlyMemory<byte>)entry)).ToArray();
        var first = size / TileId.HashesMax;
        return new MirrorUpdate
        {
            Origin = origin,
            ExpectedSize = size,
            NewSize = size + entries.Length,
            Root = edge.Root(),
            Tiles = edge.TakeChanged(),
            Bundles =
            [
                .. all.Chunk(TileId.HashesMax).Select((chunk, i) =>
                    new MirroredBundle(new BundleId(first + i, chunk.Length), EntryBundle.Encode(chunk))),
            ],
        };
    }
}
