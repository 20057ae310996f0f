using System.Buffers;
using System.Security.Cryptography;

namespace CbssReturn.Desk.Users;

/// <summary>The form of a user's token: 32 random bytes, written as 64 lower-case hexadecimal digits.</summary>
public static class UserToken
{
    /// <summary>Size of a token, in bytes.</summary>
    public const int SizeBytes = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Draws a new token.</summary>
    public static string NewRandom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SizeBytes));

    /// <summary>Reads the one form of a token; null when it is not in it.</summary>
    public static byte[]? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 2 * SizeBytes && !text.AsSpan().ContainsAnyExcept(Digits)
            ? Convert.FromHexString(text)
            : null;
    }
}
