using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Sources;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.State;

/// <summary>A mirror in a folder, which any tool for C2SP tiles can read.</summary>
internal sealed class MirrorFolder : ILogMirror
{
    private const string StagedFolder = ".staged";

    private readonly string _folder;
    private readonly ExportFolder _files;
    private readonly List<string> _staged = [];

    /// <summary>Opens a mirror, and makes its folder.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public MirrorFolder(string folder)
    {
        (_folder, _files) = (folder, new ExportFolder(folder));
        DurableFiles.MakeFolder(folder);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        _files.ReadTileAsync(id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        _files.ReadBundleAsync(id, cancellationToken);

    /// <inheritdoc/>
    public void DropStaged()
    {
        _staged.Clear();
        var folder = Path.Combine(_folder, StagedFolder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Stage(string path, ReadOnlySpan<byte> content)
    {
        var place = Path.Combine(_folder, StagedFolder, path);
        DurableFiles.MakeFolder(Path.GetDirectoryName(place)!);  // a path within a folder has one
        AtomicFile.Replace(place, content);
        _staged.Add(path);
    }

    /// <inheritdoc/>
    public void KeepStaged()
    {
        HashSet<string> folders = [];
        foreach (var path in _staged)
        {
            var place = Path.Combine(_folder, path);
            var folder = Path.GetDirectoryName(place)!;  // as in Stage
            DurableFiles.MakeFolder(folder);
            File.Move(Path.Combine(_folder, StagedFolder, path), place, overwrite: true);
            for (var above = folder; above.Length >= _folder.Length && folders.Add(above);)
            {
                above = Path.GetDirectoryName(above)!;  // ends at the mirror's own folder
            }
        }

        foreach (var folder in folders)
        {
            DurableFiles.FlushFolder(folder);
        }

        DropStaged();
    }

    /// <inheritdoc/>
    public void Trim(long oldSize, long newSize)
    {
        var old = EdgeOf(oldSize);
        foreach (var path in old.Except(EdgeOf(newSize), StringComparer.Ordinal))
        {
            File.Delete(Path.Combine(_folder, path));
        }
    }

    private static IEnumerable<string> EdgeOf(long size)
    {
        foreach (var tile in TileLayout.PartialTiles(size))
        {
            yield return tile.Path;
            if (tile.Level == 0)
            {
                yield return new BundleId(tile.Index, tile.Width).Path;
            }
        }
    }
}
