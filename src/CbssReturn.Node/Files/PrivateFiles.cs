using CbssReturn.Outcomes;

namespace CbssReturn.Node.Files;

/// <summary>Files and folders that only the owner may read: keys, tokens, passphrases, sockets.</summary>
/// <remarks>Files get mode 0600 and folders 0700 at the moment they appear, never afterwards. A secret that others can
/// read is refused rather than used, because nobody would notice otherwise.</remarks>
internal static class PrivateFiles
{
    /// <summary>Largest secret that is read, in bytes: a chain of certificates fits, a mistaken path does
    /// not.</summary>
    public const int SecretSizeBytesMax = 64 * 1024;

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const int DiskFullErrno = 28;

    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder with mode 0700, or checks one that is there.</summary>
    /// <returns>Done, or <see cref="RefusalCode.PermissionsTooWide"/> or
    /// <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<Done> MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(path, error);
        }

        return CheckOwnerOnly(path);
    }

    /// <summary>Writes a file with mode 0600 in one step: a reader sees the old content or the new one, and the new
    /// one is on the disk before it takes the name.</summary>
    /// <returns>Done, or <see cref="RefusalCode.DiskFull"/> or <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<Done> Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".new";
        try
        {
            File.Delete(beside);
            using (var file = new FileStream(beside, NewFile()))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            return Done.Instance;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(path, error);
        }
    }

    /// <summary>Reads a file that must be the owner's alone.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="sizeBytesMax">Largest size accepted.</param>
    /// <returns>The content, or <see cref="RefusalCode.SecretUnreadable"/>,
    /// <see cref="RefusalCode.PermissionsTooWide"/> or <see cref="RefusalCode.FileTooLarge"/>.</returns>
    public static Result<byte[]> ReadSecret(string path, int sizeBytesMax = SecretSizeBytesMax)
    {
        if (!File.Exists(path))
        {
            return new Refusal(RefusalCode.SecretUnreadable, $"There is no file {path}.");
        }

        return CheckOwnerOnly(path).Then(_ => Read(path, sizeBytesMax, RefusalCode.SecretUnreadable));
    }

    /// <summary>Reads a file that everybody may read.</summary>
    /// <returns>The content, or <see cref="RefusalCode.FileTooLarge"/> or <paramref name="unreadable"/>.</returns>
    public static Result<byte[]> ReadPublic(
        string path, int sizeBytesMax, RefusalCode unreadable = RefusalCode.FileUnreadable) =>
        Read(path, sizeBytesMax, unreadable);

    /// <summary>Refuses a file or folder that others may read, write or enter.</summary>
    public static Result<Done> CheckOwnerOnly(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & OfOthers) == 0
                ? Done.Instance
                : new Refusal(
                    RefusalCode.PermissionsTooWide,
                    $"Others can read {path}. Take their rights away: chmod go= \"{path}\".");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(path, error);
        }
    }

    private static Result<byte[]> Read(string path, int sizeBytesMax, RefusalCode unreadable)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (file.Length > sizeBytesMax)
            {
                return new Refusal(RefusalCode.FileTooLarge, $"{path} is larger than {sizeBytesMax} bytes.");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Refusal(unreadable, $"{path} cannot be read.", localDetail: error.GetType().Name);
        }
    }

    /// <summary>Says why a file was not written.</summary>
    internal static Refusal Failed(string path, Exception error) =>
        (error.HResult & 0xFFFF) == DiskFullErrno
            ? new Refusal(RefusalCode.DiskFull, $"The disk is full: {path} was not written.")
            : new Refusal(
                RefusalCode.FileUnreadable, $"{path} cannot be read or written.", localDetail: error.GetType().Name);

    private static FileStreamOptions NewFile() => new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        UnixCreateMode = OwnerFile,
    };
}
