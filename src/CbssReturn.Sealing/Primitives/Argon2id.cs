using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace CbssReturn.Sealing.Primitives;

/// <summary>Argon2id, version 1.3: makes guessing a passphrase expensive.</summary>
/// <remarks>
/// <para>Reference: RFC 9106.</para>
/// <para>Sizes in bytes: salt 16 here, output 32 here; memory in KiB.</para>
/// <para>The caller must never run it with a cost that a stranger chose without checking the bounds first
/// (<see cref="Argon2Cost.IsWithinBounds"/>).</para>
/// </remarks>
internal static class Argon2id
{
    /// <summary>Stretches a passphrase.</summary>
    /// <param name="cost">Checked cost.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="salt">Fresh for each use.</param>
    /// <param name="output">Receives the key; the caller zeroes it.</param>
    public static void Derive(
        Argon2Cost cost, ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, Span<byte> output) =>
        Derive(cost, passphrase, salt, [], [], output);

    /// <summary>Stretches with the two optional inputs, which only the vectors use.</summary>
    internal static void Derive(
        Argon2Cost cost,
        ReadOnlySpan<byte> passphrase,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> additional,
        Span<byte> output)
    {
        var passphraseCopy = passphrase.ToArray();
        var key = new byte[output.Length];
        try
        {
            var generator = new Argon2BytesGenerator();
            generator.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
                .WithVersion(Argon2Parameters.Version13)
                .WithMemoryAsKB((int)cost.MemoryKib)
                .WithIterations((int)cost.Passes)
                .WithParallelism((int)cost.Lanes)
                .WithSalt(salt.ToArray())
                .WithSecret(secret.ToArray())
                .WithAdditional(additional.ToArray())
                .Build());
            generator.GenerateBytes(passphraseCopy, key);
            key.CopyTo(output);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphraseCopy);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
