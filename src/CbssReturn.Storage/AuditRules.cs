using System.Buffers;
using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using static CbssReturn.Storage.TransactionRules;

namespace CbssReturn.Storage;

/// <summary>What every store asks of a step of the audit log before it touches a database. A breach is a mistake of the
/// caller's code, so it is an exception.</summary>
internal static class AuditRules
{
    /// <summary>Largest entry bundle of entries v1, in bytes.</summary>
    private const int BundleSizeBytesMax = TileId.HashesMax * (sizeof(ushort) + LogEntry.SizeBytesWithDetail);

    // Visible ASCII without the plus, which C2SP forbids in a key name (c2sp.org/signed-note).
    private static readonly SearchValues<char> OriginCharacters = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(value => (char)value).Where(value => value != '+')]);

    public static void CheckIndex(long index) => ArgumentOutOfRangeException.ThrowIfNegative(index);

    public static void CheckCount(int max, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, limit);
    }

    public static void CheckMoment(DateTimeOffset moment) =>
        Require(moment >= DateTimeOffset.UnixEpoch, "A moment is not before 1970.");

    public static void CheckNote(ReadOnlyMemory<byte> note) => Require(
        note.Length is >= 1 and <= AuditCheckpointRow.NoteSizeBytesMax, "A note has 1 byte to 16 KiB.");

    public static void CheckOrigin(string origin) => Require(
        origin is { Length: >= 1 and <= WitnessedLog.OriginLengthMax }
            && !origin.AsSpan().ContainsAnyExcept(OriginCharacters),
        "An origin has 1 to 255 visible ASCII characters and no plus.");

    public static void Check(AuditLogState state) => Require(Enum.IsDefined(state), "There is no such state.");

    public static void Check(AuditIntegration step)
    {
        Require(step is { Generation: >= 1, ExpectedSize: >= 0 }, "A generation is counted from 1, a size from 0.");
        Require(step.Entries is { Count: >= 1 and <= AuditIntegration.EntriesMax }, "A step has 1 to 4096 entries.");
        var last = 0L;
        foreach (var entry in step.Entries)
        {
            CheckEntry(entry.Entry);
            if (entry.IntakeSequence is { } sequence)
            {
                Require(sequence > last, "Entries of intake rows stand by rising sequence.");
                last = sequence;
            }
            else
            {
                Require(entry.Subject is null, "A pad is about nothing.");
            }
        }

        CheckTiles(step.Tiles, step.ExpectedSize, step.NewSize);
    }

    public static void Check(AuditAdoption step)
    {
        Require(
            step is { Generation: >= 1, CommonSize: >= 0 } && step.CommonSize <= step.ExpectedSize,
            "The common part is not larger than the tree.");
        Require(step.Entries is { Count: >= 1 and <= AuditAdoption.EntriesMax }, "A step has 1 to 65536 entries.");
        foreach (var entry in step.Entries)
        {
            Require(LogEntry.Parse(entry.Span).IsOk, "An entry has its one form.");
        }

        CheckTiles(step.Tiles, step.CommonSize, step.NewSize);
        foreach (var notice in step.Notices)
        {
            RowRules.CheckAuditIntake(notice);
        }
    }

    public static void CheckWitnessed((long Size, Digest Root)? expected, WitnessedLog next)
    {
        ArgumentNullException.ThrowIfNull(next);
        CheckOrigin(next.Origin);
        CheckIndex(next.Size);
        CheckNote(next.Note);
        if (expected is var (size, root))
        {
            Require(
                next.Size > size || (next.Size == size && next.Root == root),
                "A witness cosigns no smaller size and no other root.");
        }
    }

    public static void Check(MirrorUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        CheckOrigin(update.Origin);
        Require(
            update.ExpectedSize >= 0 && update.NewSize >= update.ExpectedSize, "What is mirrored only grows.");
        CheckBundles(update);
        CheckTiles(update.Tiles, update.ExpectedSize, update.NewSize);
        if (update.Checkpoint is { } checkpoint)
        {
            CheckIndex(checkpoint.Size);
            CheckNote(checkpoint.Note);
        }
    }

    public static void Check(SeenCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        CheckOrigin(checkpoint.Origin);
        CheckIndex(checkpoint.Size);
        CheckNote(checkpoint.Note);
    }

    public static void Check(OutboxProofRow row)
    {
        CheckIndex(row.PeerEntryIndex);
        CheckEntry(row.Entry);
        Require(
            row.Proof.Length is >= 1 and <= OutboxProofRow.ProofSizeBytesMax, "A proof has 1 byte to 64 KiB.");
    }

    private static void CheckEntry(ReadOnlyMemory<byte> entry) => Require(
        entry.Length is LogEntry.SizeBytes or LogEntry.SizeBytesWithDetail, "An entry has 113 or 149 bytes.");

    private static void CheckTiles(IReadOnlyList<Tile> tiles, long size, long newSize)
    {
        foreach (var tile in tiles)
        {
            Require(tile.Hashes.Length == tile.Id.SizeBytes, "A tile has the size that its width says.");
            var end = (tile.Id.Index * TileId.HashesMax) + tile.Id.Width;
            Require(
                tile.Id.Level is >= 0 and <= TileId.LevelMax && end <= newSize >> (8 * tile.Id.Level),
                "A tile lies within the tree.");
        }

        // Without its last tile of level 0 a tree is not what its size says.
        Require(
            newSize == size || tiles.Any(tile => tile.Id.Level == 0
                && (tile.Id.Index * TileId.HashesMax) + tile.Id.Width == newSize),
            "The tiles reach to the end of the tree.");
    }

    private static void CheckBundles(MirrorUpdate update)
    {
        Require(update.Bundles.Count <= MirrorUpdate.BundlesMax, "A step has at most 64 bundles.");
        var next = update.ExpectedSize;
        foreach (var bundle in update.Bundles)
        {
            var (first, end) = (bundle.Id.FirstEntry, bundle.Id.FirstEntry + bundle.Id.Width);
            Require(first <= next && next < end, "Bundles hold the new entries without a gap.");
            Require(
                bundle.Entries.Length <= BundleSizeBytesMax && EntryBundle.Parse(bundle.Entries, bundle.Id.Width).IsOk,
                "A bundle holds as many entries v1 as its width says.");
            next = end;
        }

        Require(next == update.NewSize, "Bundles hold the new entries without a gap.");
    }
}
