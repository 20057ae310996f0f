using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Output;

/// <summary>Writes files that people name: readable by their owner only, whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="replaces">Whether a file that is there may be replaced.</param>
    /// <returns>Done; or a refusal with <see cref="RefusalCode.FileUnreadable"/> when it is there and may not be
    /// replaced, or cannot be written. Then nothing has changed.</returns>
    public static Result<Done> Write(string path, ReadOnlySpan<byte> content, bool replaces)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return new Refusal(RefusalCode.FileUnreadable, "This is a folder.");
            }

            // Beside it first, so that a disk that is full leaves what was there before.
            var whole = Path.GetFullPath(path);
            var beside = $"{whole}.{Path.GetRandomFileName()}";
            try
            {
                WriteNew(beside, content);
                File.Move(beside, whole, replaces);
            }
            finally
            {
                File.Delete(beside);
            }

            return Done.Instance;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return new Refusal(
                RefusalCode.FileUnreadable,
                File.Exists(path) && !replaces
                    ? "The file is there already; --force replaces it."
                    : "The file cannot be written.");
        }
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
