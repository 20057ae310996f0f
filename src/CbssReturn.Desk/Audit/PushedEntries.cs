using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Entries that were pushed, as one run without a gap.</summary>
internal sealed class PushedEntries
{
    private readonly List<ReadOnlyMemory<byte>> _entries = [];

    private PushedEntries(long begin) => Begin = begin;

    /// <summary>Index of the first.</summary>
    public long Begin { get; }

    /// <summary>Index behind the last.</summary>
    public long End => Begin + _entries.Count;

    /// <summary>The entry at an index.</summary>
    public ReadOnlyMemory<byte> this[long index] => _entries[(int)(index - Begin)];

    /// <summary>Takes bundles apart.</summary>
    /// <param name="files">The bundles.</param>
    /// <param name="max">Most of them.</param>
    /// <returns>The entries, at least one, not yet parsed; or <see cref="RefusalCode.TooMany"/> or
    /// <see cref="RefusalCode.TileMalformed"/> when a path or a bundle does not have its one form, or one does not
    /// follow the one before.</returns>
    public static Result<PushedEntries> Parse(IReadOnlyList<LogFile> files, int max)
    {
        if (files.Count == 0 || files.Count > max)
        {
            return new Refusal(RefusalCode.TooMany, $"A push has 1 to {max} bundles.");
        }

        PushedEntries? run = null;
        foreach (var file in files)
        {
            if (!BundleId.ParsePath(file.Path).TryGet(out var id, out var refusal)
                || !EntryBundle.Parse(file.Content, id.Width).TryGet(out var entries, out refusal))
            {
                return refusal;
            }

            run ??= new PushedEntries(id.FirstEntry);
            if (id.FirstEntry != run.End)
            {
                return new Refusal(RefusalCode.TileMalformed, "The bundles do not follow each other.", file.Path);
            }

            run._entries.AddRange(entries);
        }

        return run!;  // there was a file
    }

    /// <summary>The bundles that hold the entries from an index on, as they are afterwards.</summary>
    /// <param name="from">The index; not before the first entry.</param>
    /// <param name="before">The partial bundle that is held up to there; null when the index begins a bundle.</param>
    public IReadOnlyList<MirroredBundle> BundlesFrom(long from, ReadOnlyMemory<byte>? before)
    {
        var bundles = new List<MirroredBundle>();
        for (var index = from; index < End;)
        {
            var last = Math.Min(End, (index / TileId.HashesMax * TileId.HashesMax) + TileId.HashesMax);
            var added = EntryBundle.Encode(_entries.GetRange((int)(index - Begin), (int)(last - index)));
            var id = TileLayout.BundleAt(last, index / TileId.HashesMax);
            bundles.Add(new MirroredBundle(
                id, index == from && before is { } held ? (byte[])[.. held.Span, .. added] : added));
            index = last;
        }

        return bundles;
    }
}
