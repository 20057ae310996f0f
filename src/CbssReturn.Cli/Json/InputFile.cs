using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Json;

/// <summary>Reads files that people name, within a size.</summary>
internal static class InputFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="sizeBytesMax">Largest size.</param>
    /// <returns>The bytes, or a refusal with <see cref="RefusalCode.FileUnreadable"/> or
    /// <see cref="RefusalCode.FileTooLarge"/>.</returns>
    public static Result<ReadOnlyMemory<byte>> Read(string path, int sizeBytesMax)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            // One byte more than allowed is enough to know; a pipe has no length to ask for.
            var buffer = new byte[sizeBytesMax + 1];
            var size = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return size > sizeBytesMax ? TooLarge(sizeBytesMax) : new ReadOnlyMemory<byte>(buffer, 0, size);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return new Refusal(RefusalCode.FileUnreadable, "The file does not exist or cannot be read.");
        }
    }

    /// <summary>Says that there is too much.</summary>
    public static Refusal TooLarge(int sizeBytesMax) =>
        new(RefusalCode.FileTooLarge, $"The file is larger than {sizeBytesMax} bytes.");
}
