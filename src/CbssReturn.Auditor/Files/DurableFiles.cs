using System.Runtime.InteropServices;
using System.Text;

namespace CbssReturn.Auditor.Files;

/// <summary>Writes files so that after a power cut either the old or the new one is there, whole.</summary>
internal static class DurableFiles
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const string TemporarySuffix = ".new";

    /// <summary>Makes a folder and those above it, mode 0700.</summary>
    public static void MakeFolder(string path) => Directory.CreateDirectory(path, OwnerOnlyFolder);

    /// <summary>Writes beside the file, flushes, renames over it. The rename lasts after
    /// <see cref="FlushFolder"/>.</summary>
    /// <param name="path">A file in a folder that is there.</param>
    /// <param name="content">Its whole content.</param>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        // One name, so that what a crash left behind is overwritten.
        var temporary = path + TemporarySuffix;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = OwnerOnlyFile,
        };
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes the renames, new files and removals in a folder last.</summary>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void FlushFolder(string folder)
    {
        var descriptor = Open(Encoding.UTF8.GetBytes(Path.GetFullPath(folder) + "\0"), flags: 0);
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

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
