using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>The bytes of a keystore file, version 1.</summary>
/// <remarks>
/// <para>file = header | ciphertext | SHA-256 of all before it. header = "CBSSKEYS" | version u16 | memory KiB u32 |
/// passes u32 | lanes u32 | salt 16 | nonce 12 | commitment 32. The header is associated data.</para>
/// <para>plaintext = format u8 | identity seed 32 | index key 32 | count u16 | count × (day u32 | key 32), days
/// ascending.</para>
/// <para>The trailing hash is no protection: it tells a damaged file from a wrong passphrase. Authenticity comes from
/// the cipher. See docs/spec/referral-packet.md, section 11.</para>
/// </remarks>
internal static class KeystoreFormat
{
    /// <summary>Largest file, in bytes.</summary>
    public const int SizeBytesMax =
        HeaderSizeBytes + FixedPlaintextSizeBytes + (KeystoreContents.KekCountMax * KekSizeBytes) + 16 + 32;

    private const ushort Version = 1;
    private const byte PlaintextFormat = 1;
    private const int SaltOffset = 22;
    private const int NonceOffset = 38;
    private const int CommitmentOffset = 50;
    private const int HeaderSizeBytes = 82;
    private const int FixedPlaintextSizeBytes = 67;
    private const int KekSizeBytes = 36;

    private static ReadOnlySpan<byte> Magic => "CBSSKEYS"u8;

    /// <summary>Encodes under a fresh salt and nonce.</summary>
    public static byte[] Encode(KeystoreContents contents, ReadOnlySpan<byte> passphrase, Argon2Cost cost)
    {
        var plaintextSize = FixedPlaintextSizeBytes + (contents.Keks.Count * KekSizeBytes);
        var file = new byte[HeaderSizeBytes + plaintextSize + ChaChaPoly.TagSizeBytes + Digest.SizeBytes];
        var header = file.AsSpan(0, HeaderSizeBytes);
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt32BigEndian(header[10..], cost.MemoryKib);
        BinaryPrimitives.WriteUInt32BigEndian(header[14..], cost.Passes);
        BinaryPrimitives.WriteUInt32BigEndian(header[18..], cost.Lanes);
        RandomNumberGenerator.Fill(header[SaltOffset..CommitmentOffset]);

        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        Derive(header, cost, passphrase, derived);
        CommittingKey.CommitmentOf(derived).CopyTo(header[CommitmentOffset..]);
        var plaintext = file.AsSpan(HeaderSizeBytes, plaintextSize);
        WritePlaintext(contents, plaintext);
        ChaChaPoly.Seal(
            derived[..ChaChaPoly.KeySizeBytes],
            header[NonceOffset..CommitmentOffset],
            header,
            plaintext,
            file.AsSpan(HeaderSizeBytes, plaintextSize + ChaChaPoly.TagSizeBytes));
        CryptographicOperations.ZeroMemory(derived);
        SHA256.HashData(file.AsSpan(0, file.Length - Digest.SizeBytes), file.AsSpan(file.Length - Digest.SizeBytes));
        return file;
    }

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="cost">The cost that the file asks for.</param>
    /// <returns>The contents, or a refusal with <see cref="RefusalCode.KeystoreCorrupt"/>,
    /// <see cref="RefusalCode.KeystoreParameters"/> or <see cref="RefusalCode.KeystoreNotUnlocked"/>.</returns>
    [SuppressMessage("Correctness", "IDISP005", Justification = "A result passes on what its caller disposes.")]
    public static Result<KeystoreContents> Decode(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase, out Argon2Cost cost)
    {
        cost = default;
        if (file.Length < HeaderSizeBytes + FixedPlaintextSizeBytes + ChaChaPoly.TagSizeBytes + Digest.SizeBytes
            || file.Length > SizeBytesMax
            || !file.StartsWith(Magic)
            || !SHA256.HashData(file[..^Digest.SizeBytes]).AsSpan().SequenceEqual(file[^Digest.SizeBytes..]))
        {
            return Corrupt("The file is not a whole keystore.");
        }

        var header = file[..HeaderSizeBytes];
        if (BinaryPrimitives.ReadUInt16BigEndian(header[8..]) != Version)
        {
            return Corrupt("The version is not known.");
        }

        cost = new Argon2Cost(
            BinaryPrimitives.ReadUInt32BigEndian(header[10..]),
            BinaryPrimitives.ReadUInt32BigEndian(header[14..]),
            BinaryPrimitives.ReadUInt32BigEndian(header[18..]));
        if (!cost.IsWithinBounds)
        {
            return new Refusal(
                RefusalCode.KeystoreParameters, "The keystore asks for key stretching outside the allowed bounds.");
        }

        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        Derive(header, cost, passphrase, derived);
        var isUnlocked = CryptographicOperations.FixedTimeEquals(
            CommittingKey.CommitmentOf(derived), header[CommitmentOffset..]);
        var result = isUnlocked
            ? Open(derived[..ChaChaPoly.KeySizeBytes], header, file[HeaderSizeBytes..^Digest.SizeBytes])
            : new Refusal(RefusalCode.KeystoreNotUnlocked, "The passphrase does not open the keystore.");
        CryptographicOperations.ZeroMemory(derived);
        return result;
    }

    [SuppressMessage("Correctness", "IDISP005", Justification = "A result passes on what its caller disposes.")]
    private static Result<KeystoreContents> Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> ciphertext)
    {
        using var plaintext = new SecretBytes(ciphertext.Length - ChaChaPoly.TagSizeBytes);
        if (!ChaChaPoly.TryOpen(key, header[NonceOffset..CommitmentOffset], header, ciphertext, plaintext.Span))
        {
            return Corrupt("The contents do not open.");
        }

        return ReadPlaintext(plaintext.Span) is { } contents ? contents : Corrupt("The contents cannot be read.");
    }

    private static void Derive(
        ReadOnlySpan<byte> header, Argon2Cost cost, ReadOnlySpan<byte> passphrase, Span<byte> derived)
    {
        Span<byte> stretched = stackalloc byte[KeystoreContents.KeySizeBytes];
        Argon2id.Derive(cost, passphrase, header[SaltOffset..NonceOffset], stretched);
        CommittingKey.Derive(stretched, "CBSS-RETURN/1 keystore"u8, derived);
        CryptographicOperations.ZeroMemory(stretched);
    }

    private static void WritePlaintext(KeystoreContents contents, Span<byte> plaintext)
    {
        plaintext[0] = PlaintextFormat;
        contents.IdentitySeed.CopyTo(plaintext[1..]);
        contents.IndexKey.CopyTo(plaintext[33..]);
        BinaryPrimitives.WriteUInt16BigEndian(plaintext[65..], (ushort)contents.Keks.Count);
        var rest = plaintext[FixedPlaintextSizeBytes..];
        foreach (var (day, kek) in contents.Keks)
        {
            BinaryPrimitives.WriteUInt32BigEndian(rest, day);
            kek.CopyTo(rest[4..]);
            rest = rest[KekSizeBytes..];
        }
    }

    [SuppressMessage("Correctness", "IDISP004", Justification = "The contents own their secrets.")]
    private static KeystoreContents? ReadPlaintext(ReadOnlySpan<byte> plaintext)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(plaintext[65..]);
        if (plaintext[0] != PlaintextFormat
            || count > KeystoreContents.KekCountMax
            || plaintext.Length != FixedPlaintextSizeBytes + (count * KekSizeBytes))
        {
            return null;
        }

        var keks = ImmutableSortedDictionary.CreateBuilder<uint, SecretBytes>();
        var rest = plaintext[FixedPlaintextSizeBytes..];
        long previous = -1;
        for (var i = 0; i < count; i++)
        {
            var day = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (day <= previous)
            {
                return null;
            }

            keks.Add(day, new SecretBytes(rest[4..KekSizeBytes]));
            previous = day;
            rest = rest[KekSizeBytes..];
        }

        return new KeystoreContents(
            new SecretBytes(plaintext[1..33]), new SecretBytes(plaintext[33..65]), keks.ToImmutable());
    }

    private static Refusal Corrupt(string localDetail) =>
        new(RefusalCode.KeystoreCorrupt, "The keystore is damaged.", null, localDetail);
}
