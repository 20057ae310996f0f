using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Files;

/// <summary>Reads files that somebody else may have made, never more of one than it may hold.</summary>
internal static class SmallFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Any path.</param>
    /// <param name="sizeBytesMax">Largest file that is read.</param>
    /// <returns>The bytes, or a refusal with <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.FileTooLarge"/>
    /// or <see cref="RefusalCode.FileUnreadable"/>, whose field is the path.</returns>
    public static Result<byte[]> Read(string path, int sizeBytesMax)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            if (stream.Length > sizeBytesMax)
            {
                return new Refusal(RefusalCode.FileTooLarge, $"The file has more than {sizeBytesMax} bytes.", path);
            }

            // A file that grows between the two looks is cut off, and then refused by its form.
            var bytes = new byte[stream.Length];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..count];
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Refusal(RefusalCode.NotFound, "There is no such file.", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            return new Refusal(
                RefusalCode.FileUnreadable, "The file cannot be read.", path, failure.GetType().Name);
        }
    }
}
