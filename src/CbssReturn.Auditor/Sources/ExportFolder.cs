using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Sources;

/// <summary>A log as files in the layout of c2sp.org/tlog-tiles: an export, or a mirror.</summary>
/// <param name="folder">The folder in which <c>checkpoint</c> and <c>tile</c> lie.</param>
internal sealed class ExportFolder(string folder) : ILogSource
{
    /// <inheritdoc/>
    public ValueTask<Result<ReadOnlyMemory<byte>>> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        var read = SmallFile.Read(PlaceOf(TileLayout.CheckpointPath), SignedNote.SizeBytesMax);
        return ValueTask.FromResult(read.Then<ReadOnlyMemory<byte>>(bytes => (ReadOnlyMemory<byte>)bytes));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        if (ReadFile(id.Path, TileId.SizeBytesMax) is { } exact)
        {
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(exact);
        }

        var wider = WiderThan(id.Width)
            .Select(width => ReadFile((id with { Width = width }).Path, TileId.SizeBytesMax))
            .FirstOrDefault(bytes => bytes is not null);
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(wider?.AsMemory(0, Math.Min(wider.Length, id.SizeBytes)));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        if (ReadFile(id.Path, EntryBundle.SizeBytesMax) is { } exact)
        {
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(exact);
        }

        foreach (var width in WiderThan(id.Width))
        {
            if (ReadFile((id with { Width = width }).Path, EntryBundle.SizeBytesMax) is { } wider)
            {
                // What does not parse is given as it is: whoever asked says what is wrong with it.
                return ValueTask.FromResult<ReadOnlyMemory<byte>?>(
                    EntryBundle.Parse(wider, width).TryGet(out var entries, out _)
                        ? EntryBundle.Encode(entries[..id.Width])
                        : wider);
            }
        }

        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);
    }

    /// <inheritdoc/>
    public string PlaceOf(string path) => Path.Combine(folder, path);

    // An exporter may drop a partial file once there is the full one, so that is asked first.
    private static IEnumerable<int> WiderThan(int width) => width == TileId.HashesMax
        ? []
        : Enumerable.Range(width + 1, TileId.HashesMax - width).Reverse();

    private byte[]? ReadFile(string path, int sizeBytesMax)
    {
        var place = PlaceOf(path);
        if (SmallFile.Read(place, sizeBytesMax).TryGet(out var bytes, out var refusal))
        {
            return bytes;
        }

        return refusal.Code switch
        {
            RefusalCode.NotFound => null,
            // A file of a size that no tile has is wrong whatever it holds.
            RefusalCode.FileTooLarge => new byte[sizeBytesMax + 1],
            _ => throw new SourceUnreachableException(refusal),
        };
    }
}
