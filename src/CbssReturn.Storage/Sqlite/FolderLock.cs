using System.Diagnostics.CodeAnalysis;
using CbssReturn.Outcomes;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Keeps every other process out of a data folder for as long as it is held.</summary>
/// <remarks>An exclusive flock(2) on a file of its own; the kernel drops it when the process ends, however it ends. The
/// file stays: removing it would let two processes lock two files of the same name.</remarks>
internal sealed class FolderLock : IDisposable
{
    /// <summary>Name of the lock file, beside the database.</summary>
    public const string FileName = "store.lock";

    // EWOULDBLOCK on Linux and macOS; ERROR_SHARING_VIOLATION on Windows.
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of the folder in which a database lies.</summary>
    /// <returns>The lock, or <see cref="RefusalCode.DataFolderInUse"/>, <see cref="RefusalCode.DiskFull"/> or
    /// <see cref="RefusalCode.FileUnreadable"/>.</returns>
    [SuppressMessage("IDisposableAnalyzers.Correctness", "IDISP005", Justification = "Returns the lock or none.")]
    public static Result<FolderLock> TryTake(string databasePath)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var path = Path.Combine(Path.GetDirectoryName(databasePath)!, FileName);  // a full path to a file has a folder
        try
        {
            return new FolderLock(new FileStream(path, options));
        }
        catch (IOException exception)
            when (exception.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation)
        {
            return new Refusal(
                RefusalCode.DataFolderInUse,
                "Another process uses the data folder. End it first, or use another folder.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SqliteOpening.FileRefusal(exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
