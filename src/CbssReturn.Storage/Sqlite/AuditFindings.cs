using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Sqlite;

/// <summary>What a check of the store has found so far, and what several of its parts ask.</summary>
internal sealed class AuditFindings
{
    private readonly List<AuditDamage> _list = [];

    public IReadOnlyList<AuditDamage> List => _list;

    public bool IsFull => _list.Count >= AuditDamage.ListMax;

    /// <summary>Adds a finding unless something is as it should be.</summary>
    public void Expect(bool holds, string table, string key, string what, long? index = null)
    {
        if (!holds && !IsFull)
        {
            _list.Add(new AuditDamage(table, key, index, index, what));
        }
    }

    public void Expect(bool holds, string table, long index, string what) =>
        Expect(holds, table, index.ToString(CultureInfo.InvariantCulture), what, index);

    /// <summary>Adds what an audit of a tree found; of another node's log no entry of the own one is
    /// concerned.</summary>
    public void Add(TreeFault fault, string prefix, string? origin = null)
    {
        var table = prefix + fault.Path switch
        {
            TileLayout.CheckpointPath => origin is null ? "head" : "logs",
            var path when path.StartsWith("tile/entries/", StringComparison.Ordinal) =>
                origin is null ? "entries" : "bundles",
            _ => "tiles",
        };
        if (!IsFull)
        {
            _list.Add(new AuditDamage(
                table,
                origin is null ? fault.Path : $"{origin} {fault.Path}",
                origin is null ? fault.FirstIndex : null,
                origin is null ? fault.LastIndex : null,
                fault.Refusal.Message));
        }
    }

    /// <summary>Whether a note is of a checkpoint of this size and root, and, if asked, of this log.</summary>
    public static bool IsNoteOf(ReadOnlyMemory<byte> note, string? origin, long size, Digest root) =>
        SignedNote.Parse(note.Span).Then(parsed => Checkpoint.Parse(parsed.Text)).TryGet(out var checkpoint, out _)
            && (origin is null || checkpoint.Origin == origin) && checkpoint.Size == size && checkpoint.Root == root;

    /// <summary>Whether the first entries of a stored tree have a root.</summary>
    public static async Task<bool> IsRootAsync(ITileSource tiles, long size, Digest root, CancellationToken ct) =>
        (await RightEdge.LoadAsync(tiles, size, ct)).TryGet(out var edge, out _) && edge.Root() == root;
}
