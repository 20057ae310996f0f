using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Setup;

/// <summary>The key that signs the directory, as files.</summary>
internal static class DirectoryRoot
{
    /// <summary>File name of the private key: 32 bytes, mode 0600.</summary>
    public const string KeyFile = "directory-root.key";

    /// <summary>File name of the public key: 64 lower-case hex digits and a line break.</summary>
    public const string PublicFile = "directory-root.pub";

    private const int PublicFileSizeBytesMax = 256;

    /// <summary>Makes a root key.</summary>
    /// <returns>Done, or <see cref="RefusalCode.AlreadyInitialised"/> or what writing refuses.</returns>
    public static Result<Done> Make(string folder)
    {
        var path = Path.Combine(folder, KeyFile);
        if (File.Exists(path))
        {
            return new Refusal(RefusalCode.AlreadyInitialised, $"{path} is there already.");
        }

        using var key = SigningKey.Generate();
        var seed = new byte[SigningKey.SeedSizeBytes];
        key.CopySeedTo(seed);
        try
        {
            var text = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key.Public.Bytes.Span) + "\n");
            return PrivateFiles.MakeFolder(folder)
                .Then(_ => PrivateFiles.Write(path, seed))
                .Then(_ => PrivateFiles.Write(Path.Combine(folder, PublicFile), text));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads the private key.</summary>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    public static Result<SigningKey> ReadKey(string folder)
    {
        if (!PrivateFiles.ReadSecret(Path.Combine(folder, KeyFile), SigningKey.SeedSizeBytes)
            .TryGet(out var seed, out var refusal))
        {
            return refusal;
        }

        try
        {
            return seed.Length == SigningKey.SeedSizeBytes
                ? SigningKey.FromSeed(seed)
                : new Refusal(RefusalCode.KeyMalformed, $"A root key has {SigningKey.SeedSizeBytes} bytes.", KeyFile);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads the public key.</summary>
    public static Result<VerifyingKey> ReadPublic(string path) =>
        PrivateFiles.ReadPublic(path, PublicFileSizeBytesMax, RefusalCode.ConfigurationMalformed)
            .Then(content => KeyId.Parse(Encoding.ASCII.GetString(content).TrimEnd('\n')))
            .Then(bytes => VerifyingKey.Parse(bytes.ToArray()));
}
