using System.Security.Cryptography;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Setup;

/// <summary>Reads the passphrase of a keystore.</summary>
internal static class Passphrase
{
    private const int FileSizeBytesMax = 4096;

    /// <summary>Reads a passphrase file; one line break at its end does not count.</summary>
    /// <returns>The bytes, which the caller zeroes, or what reading a secret refuses.</returns>
    public static Result<byte[]> Read(string path) =>
        PrivateFiles.ReadSecret(path, FileSizeBytesMax)
            .Then<byte[]>(WithoutLineBreak);

    private static Result<byte[]> WithoutLineBreak(byte[] content)
    {
        if (content is not [.. var text, (byte)'\n'])
        {
            return content;
        }

        CryptographicOperations.ZeroMemory(content);  // text is a copy
        return text;
    }
}
