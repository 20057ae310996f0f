using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Files;

/// <summary>Folders of the owner's alone, and files in them that outlast a power cut whole.</summary>
internal static class DurableFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those above it, mode 0700.</summary>
    public static void MakeFolder(string path) => Directory.CreateDirectory(path, OwnerOnly);

    /// <summary>As <see cref="AtomicFile.Replace"/>.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content) => AtomicFile.Replace(path, content);

    /// <summary>Makes the renames, new files and removals in a folder last.</summary>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void FlushFolder(string folder) => AtomicFile.FlushFolder(Path.Combine(folder, "any"));
}
