using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing;

/// <summary>Makes or replaces a small file of the owner's alone so that after a power cut either the old or the new one
/// is there, whole.</summary>
public static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Linux and macOS: the file exists.
    private const int Exists = 17;

    /// <summary>Writes beside the file, flushes, renames over it, flushes the folder. Mode 0600.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">It could not be done; the new file may be in place all the same.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // One name, so that what a crash left behind, with keys that were to be destroyed, is overwritten.
        var temporary = path + ".new";
        File.Delete(temporary);
        Write(temporary, content);
        File.Move(temporary, path, overwrite: true);
        FlushFolder(path);
    }

    /// <summary>As <see cref="Replace"/>, for a file that is not there yet. Of many who try at once one succeeds, and
    /// the file is that one's.</summary>
    /// <returns>False when there is a file.</returns>
    /// <exception cref="IOException">It could not be done; the new file may be in place all the same.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var temporary = FormattableString.Invariant($"{path}.{RandomNumberGenerator.GetHexString(16, true)}.new");
        Write(temporary, content);
        try
        {
            if (!TryPublish(temporary, path))
            {
                return false;
            }
        }
        finally
        {
            File.Delete(temporary);
        }

        FlushFolder(path);
        return true;
    }

    /// <summary>Says in a code why a file could not be written.</summary>
    /// <remarks>ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL on Windows: the platform has no name for them.</remarks>
    public static RefusalCode CodeOf(Exception failure) =>
        failure is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) }
            ? RefusalCode.DiskFull
            : RefusalCode.FileUnreadable;

    /// <summary>Says whether anybody but the owner may read or write the file.</summary>
    public static bool IsTooOpen(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0;

    private static void Write(string temporary, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(temporary, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    // The platform's own move looks first and then replaces; a second name for the file is given or not, in one step.
    private static bool TryPublish(string temporary, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(temporary, path, overwrite: false);  // one step there
            return true;
        }

        if (Link(Encoding.UTF8.GetBytes(temporary + "\0"), Encoding.UTF8.GetBytes(path + "\0")) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Exists
            ? false
            : throw new IOException($"The file cannot be put in place (errno {error}).", error);
    }

    /// <summary>Puts the names in a file's folder on the disk: new ones, changed ones and those that are
    /// gone.</summary>
    /// <param name="path">Path of a file or folder; it need not be there, what it lies in must be.</param>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void FlushFolder(string path)
    {
        // Windows journals the rename itself and has no way to flush a folder.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;  // a file is always in a folder
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), flags: 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()}).");
        }

        var isFlushed = Fsync(descriptor) == 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (!isFlushed)
        {
            throw new IOException($"The folder cannot be flushed (errno {error}).");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] pathUtf8, int flags);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existingPathUtf8, byte[] newPathUtf8);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
