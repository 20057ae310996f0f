using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>A log in its static form, read and written whole; the demo's logs are small.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="Entries">Its entries, as they stand in the bundles.</param>
internal sealed record ExportedLog(string Origin, IReadOnlyList<ReadOnlyMemory<byte>> Entries)
{
    /// <summary>Reads the folder that a node exports. Nothing is verified here: that is the auditor's part.</summary>
    /// <returns>The log, or a refusal that tells which file does not have its form.</returns>
    public static async Task<Result<ExportedLog>> ReadAsync(string folder, CancellationToken stop)
    {
        var note = await ReadFileAsync(folder, TileLayout.CheckpointPath, stop).ConfigureAwait(false);
        if (!SignedNote.Parse(note).TryGet(out var signed, out var refusal)
            || !Checkpoint.Parse(signed.Text).TryGet(out var checkpoint, out refusal))
        {
            return refusal;
        }

        var entries = new List<ReadOnlyMemory<byte>>();
        foreach (var bundle in TileLayout.Bundles(checkpoint.Size))
        {
            var content = await ReadFileAsync(folder, bundle.Path, stop).ConfigureAwait(false);
            if (!EntryBundle.Parse(content, bundle.Width).TryGet(out var some, out refusal))
            {
                return refusal;
            }

            entries.AddRange(some);
        }

        return new ExportedLog(checkpoint.Origin, entries);
    }

    /// <summary>Writes the log with a key of its own, as somebody who holds a log key can.</summary>
    /// <param name="folder">Where; made when it is not there.</param>
    /// <param name="keysPath">Where its verifier key goes.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task WriteAsync(string folder, string keysPath, CancellationToken stop)
    {
        var edge = RightEdge.Empty();
        foreach (var entry in Entries)
        {
            edge.Append(LogHash.Leaf(entry.Span));
        }

        foreach (var tile in edge.TakeChanged())
        {
            await WriteFileAsync(folder, tile.Id.Path, tile.Hashes, stop).ConfigureAwait(false);
        }

        foreach (var bundle in TileLayout.Bundles(Entries.Count))
        {
            var some = Entries.Skip((int)bundle.FirstEntry).Take(bundle.Width).ToList();
            await WriteFileAsync(folder, bundle.Path, EntryBundle.Encode(some), stop).ConfigureAwait(false);
        }

        using var key = Sealing.NoteKey.FromSeed(System.Security.Cryptography.RandomNumberGenerator.GetBytes(
            Sealing.NoteKey.SeedSizeBytes));
        var note = CheckpointSigning.Sign(new Checkpoint(Origin, Entries.Count, edge.Root()), key);
        await WriteFileAsync(folder, TileLayout.CheckpointPath, note.ToBytes(), stop).ConfigureAwait(false);
        await File.WriteAllTextAsync(keysPath, VerifierKey.OfLog(Origin, key.Public) + "\n", stop)
            .ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadFileAsync(string folder, string path, CancellationToken stop) =>
        await File.ReadAllBytesAsync(Path.Combine(folder, path), stop).ConfigureAwait(false);

    private static async Task WriteFileAsync(
        string folder, string path, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);  // every path here has a folder
        await File.WriteAllBytesAsync(file, content, stop).ConfigureAwait(false);
    }
}
