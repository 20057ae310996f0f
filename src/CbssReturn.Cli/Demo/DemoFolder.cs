using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>The folder of all nodes' files; only its owner can enter it.</summary>
internal sealed class DemoFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The kernel takes socket paths of at most 107 bytes; the longest inside the folder is focal_point/desk/desk.sock.
    private const int PathSizeBytesMax = 78;

    private readonly bool _isKept;

    private DemoFolder(string path, bool isKept) => (Path, _isKept) = (path, isKept);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Folder of the throwaway certificate authority.</summary>
    public string Authority => Combine("authority");

    /// <summary>Folder of the key that signs the directory.</summary>
    public string Root => Combine("root");

    /// <summary>The public half of that key, which every node needs.</summary>
    public string RootPublicKey => Combine("root", "directory-root.pub");

    /// <summary>The signed directory, which all five read.</summary>
    public string Directory => Combine("directory");

    /// <summary>Makes a fresh folder.</summary>
    /// <param name="keep">Where, to be kept; null for a temporary one that is deleted at the end.</param>
    /// <returns>The folder, or a refusal with <see cref="RefusalCode.AlreadyInitialised"/>,
    /// <see cref="RefusalCode.FieldTooLong"/> or <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<DemoFolder> Make(string? keep)
    {
        try
        {
            if (keep is null)
            {
                // Its mode is 0700.
                return new DemoFolder(System.IO.Directory.CreateTempSubdirectory("cbss-demo-").FullName, isKept: false);
            }

            var path = System.IO.Path.GetFullPath(keep);
            if (System.Text.Encoding.UTF8.GetByteCount(path) > PathSizeBytesMax)
            {
                return new Refusal(
                    RefusalCode.FieldTooLong,
                    $"The path of --keep is longer than {PathSizeBytesMax} bytes, so no socket fits inside.",
                    "--keep");
            }

            if (System.IO.Directory.Exists(path) && System.IO.Directory.EnumerateFileSystemEntries(path).Any())
            {
                return new Refusal(RefusalCode.AlreadyInitialised, "The folder is not empty.", "--keep");
            }

            System.IO.Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }

            return new DemoFolder(path, isKept: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalCode.FileUnreadable, "The folder of the demo cannot be made.");
        }
    }

    /// <summary>Path inside the folder.</summary>
    public string Combine(params IEnumerable<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Deletes the folder, unless it is to be kept.</summary>
    public void End()
    {
        if (!_isKept)
        {
            System.IO.Directory.Delete(Path, recursive: true);
        }
    }
}
