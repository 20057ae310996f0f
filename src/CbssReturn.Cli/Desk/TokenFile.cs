using System.Text;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Desk;

/// <summary>Reads a user's token: 64 lower-case hex digits, alone in a file that only its owner can read.</summary>
/// <remarks>A token never stands on the command line, where every user of the machine can see it.</remarks>
internal static class TokenFile
{
    private const int DigitCount = 64;
    private const int SizeBytesMax = 4096;

    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the token.</summary>
    /// <param name="path">The file; null when none is named.</param>
    /// <returns>The token, or a refusal with <see cref="RefusalCode.SecretUnreadable"/> or
    /// <see cref="RefusalCode.PermissionsTooWide"/>.</returns>
    public static Result<string> Read(string? path)
    {
        if (path is null)
        {
            return Unreadable("No token file is named, so the node cannot know who asks.");
        }

        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0)
            {
                return new Refusal(
                    RefusalCode.PermissionsTooWide, "Other users of this machine can read or change the token file.");
            }

            if (new FileInfo(path).Length > SizeBytesMax)
            {
                return Unreadable("The token file is too large to hold a token.");
            }

            var text = File.ReadAllText(path, Encoding.ASCII).TrimEnd('\r', '\n');
            return text.Length == DigitCount && text.All(char.IsAsciiHexDigitLower)
                ? text
                : Unreadable($"The token file does not hold {DigitCount} lower-case hex digits and nothing else.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return Unreadable("The token file does not exist or cannot be read.");
        }
    }

    /// <summary>Writes a token into a new file that only its owner can read.</summary>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.FileUnreadable"/>; a file that is there already is not
    /// overwritten.</returns>
    public static Result<Done> WriteNew(string path, string token)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(path, options);
            stream.Write(Encoding.ASCII.GetBytes(token + "\n"));
            return Done.Instance;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return new Refusal(RefusalCode.FileUnreadable, "The token file exists already or cannot be written.");
        }
    }

    private static Refusal Unreadable(string message) => new(RefusalCode.SecretUnreadable, message);
}
