using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Tests;

/// <summary>A whole log in memory, with its real key: what an honest node has, and what a liar starts from.</summary>
internal sealed class MemoryLog : ILogSource
{
    private readonly NoteKey _key;
    private readonly List<byte[]> _entries = [];
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];
    private readonly RightEdge _edge = RightEdge.Empty();

    public MemoryLog(string origin, NoteKey key) =>
        (_key, Key) = (key, VerifierKey.OfLog(origin, key.Public));

    public VerifierKey Key { get; }

    public string Origin => Key.Name;

    public long Size => _edge.Size;

    public Digest Root => _edge.Root();

    /// <summary>The newest signed checkpoint; null before the first.</summary>
    public SignedNote? Note { get; set; }

    /// <summary>What the log gives instead of its bundles, by index; empty for an honest one.</summary>
    public Dictionary<long, byte[]?> FalseBundles { get; } = [];

    /// <summary>Which tiles the log does not give; none for an honest one.</summary>
    public Func<TileId, bool> HoldsBack { get; set; } = _ => false;

    /// <summary>When true, nothing answers.</summary>
    public bool IsUnreachable { get; set; }

    public static MemoryLog Create(string origin, byte seed)
    {
        var bytes = new byte[NoteKey.SeedSizeBytes];
        Array.Fill(bytes, seed);
        return new MemoryLog(origin, NoteKey.FromSeed(bytes));
    }

    public void Append(LogEntry entry) => Append(entry.ToBytes());

    public void Append(byte[] entry)
    {
        _entries.Add(entry);
        _edge.Append(LogHash.Leaf(entry));
        foreach (var tile in _edge.TakeChanged())
        {
            _tiles[(tile.Id.Level, tile.Id.Index)] = tile.Hashes;
        }
    }

    /// <summary>An entry as it stands in the log.</summary>
    public byte[] EntryAt(long index) => _entries[(int)index];

    /// <summary>Signs the log as it is.</summary>
    public SignedNote Publish() =>
        Note = CheckpointSigning.Sign(new Checkpoint(Origin, Size, Size == 0 ? LogHash.Empty : Root), _key);

    /// <summary>Another log with the same key, and the first entries of this one; entries may be changed on the way.
    /// </summary>
    public MemoryLog Fork(long size, Func<long, byte[], byte[]>? change = null)
    {
        var fork = new MemoryLog(Origin, _key);
        for (var index = 0; index < size; index++)
        {
            fork.Append(change is null ? _entries[index] : change(index, _entries[index]));
        }

        return fork;
    }

    public ValueTask<Result<ReadOnlyMemory<byte>>> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        Answer();
        return new(Note is { } note
            ? (ReadOnlyMemory<byte>)note.ToBytes()
            : new Refusal(RefusalCode.NotFound, "There is no checkpoint yet."));
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        Answer();
        return new(!HoldsBack(id)
            && _tiles.TryGetValue((id.Level, id.Index), out var hashes) && hashes.Length >= id.SizeBytes
            ? hashes.AsMemory(0, id.SizeBytes)
            : (ReadOnlyMemory<byte>?)null);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        Answer();
        if (FalseBundles.TryGetValue(id.Index, out var bundle))
        {
            return new(bundle?.AsMemory());
        }

        return new(id.FirstEntry + id.Width <= Size ? Bundle(id).AsMemory() : (ReadOnlyMemory<byte>?)null);
    }

    public string PlaceOf(string path) => $"memory {path}";

    /// <summary>The bundle as the log has signed it.</summary>
    public byte[] Bundle(BundleId id) => EntryBundle.Encode(
        [.. _entries.Skip((int)id.FirstEntry).Take(id.Width).Select(entry => (ReadOnlyMemory<byte>)entry)]);

    /// <summary>Writes the log as a node exports it.</summary>
    public void Export(string folder)
    {
        foreach (var id in TileLayout.Tiles(Size))
        {
            Write(folder, id.Path, _tiles[(id.Level, id.Index)]);
        }

        foreach (var id in TileLayout.Bundles(Size))
        {
            Write(folder, id.Path, Bundle(id));
        }

        Write(folder, TileLayout.CheckpointPath, Note!.ToBytes());
    }

    private static void Write(string folder, string path, byte[] content)
    {
        var place = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(place, content);
    }

    private void Answer()
    {
        if (IsUnreachable)
        {
            throw new SourceUnreachableException(
                new Refusal(RefusalCode.PeerUnreachable, "The node cannot be reached."));
        }
    }
}
