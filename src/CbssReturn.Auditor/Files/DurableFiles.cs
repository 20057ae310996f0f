using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Files;

/// <summary>Folders of the owner's alone; files are put into them by <see cref="AtomicFile"/>.</summary>
internal static class DurableFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those above it, mode 0700.</summary>
    public static void MakeFolder(string path) => Directory.CreateDirectory(path, OwnerOnly);

    /// <summary>Makes the renames, new files and removals in a folder last.</summary>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void FlushFolder(string folder) => AtomicFile.FlushFolder(Path.Combine(folder, "any"));
}
