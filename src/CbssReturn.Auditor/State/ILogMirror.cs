using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.State;

/// <summary>The auditor's own copy of one log, in the files of c2sp.org/tlog-tiles. New files are staged until they are
/// known to lead to the signed root, so that what a liar shows never stands beside what he signed.</summary>
internal interface ILogMirror : ITileSource
{
    /// <summary>Forgets what was staged and not kept, also by a program that ended halfway.</summary>
    void DropStaged();

    /// <summary>Takes a file that nobody reads yet.</summary>
    /// <param name="path">C2SP path, as the types of the log write it.</param>
    /// <param name="content">Its whole content.</param>
    void Stage(string path, ReadOnlySpan<byte> content);

    /// <summary>Puts every staged file in its place, durably. Halfway done, the files that are there are
    /// whole.</summary>
    void KeepStaged();

    /// <summary>Removes files of the right edge of an older tree that a newer one does not have; may do less.</summary>
    /// <param name="oldSize">Size of the older tree.</param>
    /// <param name="newSize">Size of the newer tree.</param>
    void Trim(long oldSize, long newSize);
}
