using System.Globalization;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>What an audit of a tree found wrong, and where.</summary>
/// <param name="Refusal">Why, in words that name the index: <see cref="RefusalCode.RootWrong"/> for a hash that is not
/// the one it must be, <see cref="RefusalCode.TileMissing"/>, <see cref="RefusalCode.TileMalformed"/>, or what an
/// <see cref="EntryVisitor"/> said.</param>
/// <param name="Path">The file that is wrong; <see cref="TileLayout.CheckpointPath"/> when every file fits the others
/// and together they do not lead to the root.</param>
/// <param name="FirstIndex">First entry that is concerned.</param>
/// <param name="LastIndex">Last entry that is concerned; the first one when it is known which.</param>
public sealed record TreeFault(Refusal Refusal, string Path, long FirstIndex, long LastIndex)
{
    /// <summary>Returns code, file and entries, for a local log.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Refusal.CodeText} {Path}, entries {FirstIndex} to {LastIndex}");

    /// <summary>A fault of one entry.</summary>
    internal static TreeFault OfEntry(RefusalCode code, string path, long index, string what) => new(
        new Refusal(code, string.Create(CultureInfo.InvariantCulture, $"The entry {index} {what} ({path})."), path),
        path,
        index,
        index);

    /// <summary>A fault of several entries.</summary>
    internal static TreeFault OfEntries(RefusalCode code, string path, long first, long last, string what)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"The entries {first} to {last} {what} ({path}).");
        return new(new Refusal(code, message, path), path, first, last);
    }

    /// <summary>A fault of a tile: everything below it is concerned.</summary>
    internal static TreeFault OfTile(TileId id, Refusal refusal)
    {
        var last = ((id.Index * TileId.HashesMax) + id.Width << (TileId.LevelHeight * id.Level)) - 1;
        return new(refusal, id.Path, id.FirstEntry, last);
    }
}
