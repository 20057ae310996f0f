using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Files;

/// <summary>The static form of this node's log: a folder that any tool for tiles reads (c2sp.org/tlog-tiles,
/// docs/spec/audit-log.md, section 3.4), and beside it the keys to check it with.</summary>
/// <remarks>
/// Every file is put in place whole, and the checkpoint last, so that a reader who comes at any moment, even after a
/// loss of power, finds everything that the checkpoint speaks of. Full tiles are written once; narrower ones of a tile
/// are taken away when the next but one is full. Owned by one worker.
/// </remarks>
/// <param name="folder">Absolute path of the folder.</param>
/// <param name="origin">The log. What lies there of another one is taken away.</param>
internal sealed class LogExport(string folder, string origin)
{
    private const int LevelBits = 8;
    private const string PartialSuffix = ".p";
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Up to which size every file is known to be there; 0 until the folder was looked at.
    private long _written;
    private byte[] _writtenKeys = [];

    /// <summary>Path of the newest checkpoint.</summary>
    public string CheckpointPath { get; } = Path.Combine(folder, TileLayout.CheckpointPath);

    /// <summary>Path of the verifier keys, one a line: the log's first, then the witnesses'.</summary>
    public string KeysPath { get; } = folder.TrimEnd(Path.DirectorySeparatorChar) + ".vkeys";

    /// <summary>Reads the checkpoint that lies there; null for none. It may be newer than a database that was put back.
    /// </summary>
    public byte[]? ReadCheckpoint() => PrivateFiles
        .ReadPublic(CheckpointPath, SignedNote.SizeBytesMax)
        .TryGet(out var note, out _) ? note : null;

    /// <summary>Brings the folder up to a checkpoint. Safe to repeat; what is missing is written again.</summary>
    /// <param name="source">Where the log is read.</param>
    /// <param name="size">Entries that the checkpoint covers, not fewer than before.</param>
    /// <param name="note">The signed checkpoint.</param>
    /// <param name="ct">Ends the work between two files.</param>
    /// <returns>Done, or <see cref="RefusalCode.TileMissing"/>, <see cref="RefusalCode.DiskFull"/> or
    /// <see cref="RefusalCode.FileUnreadable"/>; then the old checkpoint still stands, and everything that it speaks
    /// of.</returns>
    public async Task<Result<Done>> WriteAsync(
        ITileSource source, long size, ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        try
        {
            ClearOfOthers();
            if (await WriteTilesAsync(source, size, ct) is { } missing)
            {
                return missing;
            }

            AtomicFile.Replace(CheckpointPath, note.Span);
            RemoveNarrow(_written, size);
            _written = size;
            return Done.Instance;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return PrivateFiles.Failed(folder, error);
        }
    }

    /// <summary>Writes the verifier keys, when they are others than before.</summary>
    /// <param name="keys">The log's first, then the witnesses'.</param>
    /// <returns>Done, or <see cref="RefusalCode.DiskFull"/> or <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public Result<Done> WriteKeys(IEnumerable<VerifierKey> keys)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(keys.Select(key => $"{key}\n")));
        if (content.AsSpan().SequenceEqual(_writtenKeys) && File.Exists(KeysPath))
        {
            return Done.Instance;
        }

        try
        {
            AtomicFile.Replace(KeysPath, content);
            _writtenKeys = content;
            return Done.Instance;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return PrivateFiles.Failed(KeysPath, error);
        }
    }

    /// <summary>The tiles of a tree of one size that a smaller tree did not have in that width.</summary>
    internal static IEnumerable<TileId> TilesFrom(long before, long size)
    {
        for (var level = 0; level <= TileId.LevelMax; level++)
        {
            var hashes = size >> (LevelBits * level);
            for (var index = FullTiles(before, level); index * TileId.HashesMax < hashes; index++)
            {
                yield return TileLayout.TileAt(size, level, index);
            }
        }
    }

    // In two steps: a shift by 64 is none at all.
    private static long FullTiles(long size, int level) => (size >> (LevelBits * level)) / TileId.HashesMax;

    private async Task<Refusal?> WriteTilesAsync(ITileSource source, long size, CancellationToken ct)
    {
        foreach (var tile in TilesFrom(_written, size))
        {
            if (!await WriteAsync(tile.Path, () => source.ReadTileAsync(tile, ct)))
            {
                return Missing(tile.Path);
            }

            var bundle = new BundleId(tile.Index, tile.Width);
            if (tile.Level == 0 && !await WriteAsync(bundle.Path, () => source.ReadBundleAsync(bundle, ct)))
            {
                return Missing(bundle.Path);
            }

            ct.ThrowIfCancellationRequested();
        }

        return null;
    }

    /// <returns>False when the source does not have it.</returns>
    private async Task<bool> WriteAsync(string name, Func<ValueTask<ReadOnlyMemory<byte>?>> read)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return true;
        }

        if (await read() is not { } content)
        {
            return false;
        }

        MakeFolders(Path.GetDirectoryName(path)!);  // a file is always in a folder
        AtomicFile.Replace(path, content.Span);
        return true;
    }

    // A folder whose name is not on the disk takes its files with it.
    private static void MakeFolders(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        MakeFolders(Path.GetDirectoryName(path)!);  // the root is always there
        Directory.CreateDirectory(path, FolderMode);
        AtomicFile.FlushFolder(path);
    }

    private void ClearOfOthers()
    {
        if (_written > 0)
        {
            return;
        }

        MakeFolders(folder.TrimEnd(Path.DirectorySeparatorChar));
        var first = Encoding.UTF8.GetBytes(origin + "\n");
        var tiles = Path.Combine(folder, "tile");
        if (File.Exists(CheckpointPath) && ReadCheckpoint() is var note && !note.AsSpan().StartsWith(first))
        {
            File.Delete(CheckpointPath);
            AtomicFile.FlushFolder(CheckpointPath);
        }

        // Tiles without a checkpoint are of nobody knows which log, or were left by a first export that was cut off.
        if (!File.Exists(CheckpointPath) && Directory.Exists(tiles))
        {
            Directory.Delete(tiles, recursive: true);
        }
    }

    private void RemoveNarrow(long before, long size)
    {
        for (var level = 0; level <= TileId.LevelMax; level++)
        {
            for (var index = Math.Max(0, FullTiles(before, level) - 1); index < FullTiles(size, level) - 1; index++)
            {
                Remove(new TileId(level, index, TileId.HashesMax).Path);
                if (level == 0)
                {
                    Remove(new BundleId(index, TileId.HashesMax).Path);
                }
            }
        }
    }

    private void Remove(string full)
    {
        var narrow = Path.Combine(folder, full + PartialSuffix);
        if (Directory.Exists(narrow))
        {
            Directory.Delete(narrow, recursive: true);
        }
    }

    private static Refusal Missing(string path) =>
        new(RefusalCode.TileMissing, $"The store does not hold {path} of the audit log.", path);
}
