using System.Diagnostics.CodeAnalysis;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>The file that holds a node's long-lived secrets, sealed under a passphrase: identity key, index key and the
/// key-encryption keys of the days. It lives outside the database and its backups.</summary>
/// <remarks>Argon2id, by default with 64 MiB and 3 passes, about 0.4 s (docs/spec/referral-packet.md, section 11). Keep
/// two processes from using one file at a time: the data folder's lock does.</remarks>
public static class Keystore
{
    /// <summary>Shortest passphrase, in bytes.</summary>
    public const int PassphraseSizeBytesMin = 8;

    /// <summary>Longest passphrase, in bytes.</summary>
    public const int PassphraseSizeBytesMax = 1024;

    /// <summary>Makes a new keystore with fresh keys and writes it, durably, with mode 0600.</summary>
    /// <param name="path">Where; nothing may be there yet.</param>
    /// <param name="passphrase">8 to 1,024 bytes; copied, the caller zeroes its own.</param>
    /// <param name="kind">Where the passphrase comes from.</param>
    /// <returns>The unlocked keystore; or a refusal with <see cref="RefusalCode.AlreadyInitialised"/>,
    /// <see cref="RefusalCode.FieldMalformed"/> for the passphrase, <see cref="RefusalCode.DiskFull"/> or
    /// <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<KeyRing> Create(
        string path, ReadOnlySpan<byte> passphrase, PassphraseKind kind = PassphraseKind.Chosen) =>
        Create(path, passphrase, kind is PassphraseKind.Drawn ? Argon2Cost.Floor : Argon2Cost.Standard);

    /// <summary>Opens a keystore.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="passphrase">The passphrase; copied, the caller zeroes its own.</param>
    /// <returns>The unlocked keystore; or a refusal with <see cref="RefusalCode.SecretUnreadable"/>,
    /// <see cref="RefusalCode.PermissionsTooWide"/>, <see cref="RefusalCode.KeystoreCorrupt"/>,
    /// <see cref="RefusalCode.KeystoreParameters"/> or <see cref="RefusalCode.KeystoreNotUnlocked"/>.</returns>
    [SuppressMessage("Correctness", "IDISP005", Justification = "A result passes on what its caller disposes.")]
    public static Result<KeyRing> Open(string path, ReadOnlySpan<byte> passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file;
        try
        {
            if (!File.Exists(path))
            {
                return new Refusal(RefusalCode.SecretUnreadable, "There is no keystore file.");
            }

            if (AtomicFile.IsTooOpen(path))
            {
                return new Refusal(
                    RefusalCode.PermissionsTooWide, "Others can read the keystore; set its mode to 0600.");
            }

            if (new FileInfo(path).Length > KeystoreFormat.SizeBytesMax)
            {
                return new Refusal(RefusalCode.KeystoreCorrupt, "The keystore is damaged.", null, "It is too large.");
            }

            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal(
                RefusalCode.SecretUnreadable, "The keystore cannot be read.", null, e.GetType().Name);
        }

        return KeystoreFormat.Decode(file, passphrase, out var cost).TryGet(out var contents, out var refusal)
            ? new KeyRing(path, passphrase, cost, contents, Digest.Of(file))
            : refusal;
    }

    /// <summary>Makes a keystore at a given cost; the tests take the floor to stay quick.</summary>
    [SuppressMessage("Correctness", "IDISP001", Justification = "The key ring owns the contents.")]
    [SuppressMessage("Correctness", "IDISP005", Justification = "A result passes on what its caller disposes.")]
    internal static Result<KeyRing> Create(string path, ReadOnlySpan<byte> passphrase, Argon2Cost cost)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (passphrase.Length is < PassphraseSizeBytesMin or > PassphraseSizeBytesMax)
        {
            return new Refusal(
                RefusalCode.FieldMalformed,
                $"The passphrase must have {PassphraseSizeBytesMin} to {PassphraseSizeBytesMax} bytes.",
                "passphrase");
        }

        if (Path.Exists(path))
        {
            return AlreadyThere();
        }

        var contents = KeystoreContents.NewRandom();
        var file = KeystoreFormat.Encode(contents, passphrase, cost);
        Refusal? refusal;
        try
        {
            refusal = AtomicFile.TryCreate(path, file) ? null : AlreadyThere();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusal = new Refusal(AtomicFile.CodeOf(e), "The keystore cannot be written.", null, e.GetType().Name);
        }

        if (refusal is null)
        {
            return new KeyRing(path, passphrase, cost, contents, Digest.Of(file));
        }

        contents.Dispose();
        return refusal;
    }

    private static Refusal AlreadyThere() =>
        new(RefusalCode.AlreadyInitialised, "There is a file already; a keystore is never replaced.");
}
