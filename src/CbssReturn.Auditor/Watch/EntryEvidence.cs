using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>Proves from the own copy what a log has signed at an index.</summary>
internal static class EntryEvidence
{
    /// <summary>Name of the entry that another one contradicts.</summary>
    public const string OtherEntry = "other_entry";

    /// <summary>Name of the c2sp.org/tlog-proof of <see cref="OtherEntry"/>.</summary>
    public const string OtherProof = "other_tlog_proof";

    /// <summary>Renames evidence to that of the entry that another one contradicts.</summary>
    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Blob)> AsOther(
        IEnumerable<(string Name, ReadOnlyMemory<byte> Blob)> evidence) => evidence.Select(pair =>
            (pair.Name == EvidenceName.Entry ? OtherEntry : OtherProof, pair.Blob));

    /// <summary>Makes the evidence.</summary>
    /// <param name="mirror">The own copy.</param>
    /// <param name="checkpoint">A signed checkpoint that the copy leads to.</param>
    /// <param name="index">Index of the entry.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entry and its c2sp.org/tlog-proof, which verifies; or null when the copy does not have
    /// them.</returns>
    public static async ValueTask<IReadOnlyList<(string Name, ReadOnlyMemory<byte> Blob)>?> FindAsync(
        ITileSource mirror, VerifiedCheckpoint checkpoint, long index, CancellationToken cancellationToken)
    {
        var size = checkpoint.Checkpoint.Size;
        if (index >= size)
        {
            return null;
        }

        var id = TileLayout.BundleAt(size, index / TileId.HashesMax);
        if (await mirror.ReadBundleAsync(id, cancellationToken) is not { } bundle
            || !EntryBundle.Parse(bundle, id.Width).TryGet(out var entries, out _)
            || !(await InclusionProof.BuildAsync(mirror, index, size, cancellationToken)).TryGet(out var hashes, out _))
        {
            return null;
        }

        var entry = entries[(int)(index - id.FirstEntry)];
        var isProven = InclusionProof.Verify(
            index, size, LogHash.Leaf(entry.Span), hashes, checkpoint.Checkpoint.Root).IsOk;
        return isProven
            ?
            [
                (EvidenceName.Entry, entry),
                (EvidenceName.TlogProof, new TlogProof(index, hashes, checkpoint.Note).ToBytes()),
            ]
            : null;
    }
}
