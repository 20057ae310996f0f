using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>The public key of a log or of a witness, under the name that its signatures bear. Immutable.</summary>
/// <remarks>
/// Text form ("vkey"): name <c>+</c> id in eight lower-case hexadecimal digits <c>+</c> base64(type ‖ public key).
/// The id is the begin of SHA-256(name ‖ 0x0A ‖ type ‖ public key), so that one key has different ids as a log's and
/// as a witness's. It says which key is meant and proves nothing: whoever wants to can make a key with the same id.
/// Source: c2sp.org/signed-note, docs/spec/audit-log.md, section 4.
/// </remarks>
public sealed record VerifierKey
{
    /// <summary>Longest name, in bytes of UTF-8.</summary>
    public const int NameSizeBytesMax = 255;

    private const int IdDigits = 8;

    /// <summary>Puts a name and a key together.</summary>
    /// <param name="name">The origin of a log, or the name of a witness: no spaces, no plus sign, at most <see
    /// cref="NameSizeBytesMax"/> bytes.</param>
    /// <param name="type">What the key signs.</param>
    /// <param name="key">The public key.</param>
    /// <exception cref="ArgumentException">The name or the type breaks these rules.</exception>
    public VerifierKey(string name, NoteKeyType type, VerifyingKey key)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(key);
        if (!IsName(name))
        {
            throw new ArgumentException("This is no name for a key of signed notes.", nameof(name));
        }

        if (!Enum.IsDefined(type))
        {
            throw new ArgumentException("There is no such type of key.", nameof(type));
        }

        (Name, Type, Key) = (name, type, key);
        Id = IdOf(name, type, key.Bytes.Span);
    }

    /// <summary>The name in every signature line of this key.</summary>
    public string Name { get; }

    /// <summary>What the key signs.</summary>
    public NoteKeyType Type { get; }

    /// <summary>The public key.</summary>
    public VerifyingKey Key { get; }

    /// <summary>The four bytes before every signature of this key, as a big-endian number.</summary>
    public uint Id { get; }

    /// <summary>Makes the key of a log.</summary>
    /// <param name="origin">The origin of the log, which is the name of its key.</param>
    /// <param name="key">The public key.</param>
    /// <exception cref="ArgumentException">The origin cannot be a name.</exception>
    public static VerifierKey OfLog(string origin, VerifyingKey key) => new(origin, NoteKeyType.Ed25519, key);

    /// <summary>Makes the key of a witness.</summary>
    /// <param name="name">The name of the witness.</param>
    /// <param name="key">The public key.</param>
    /// <exception cref="ArgumentException">The name breaks the rules.</exception>
    public static VerifierKey OfWitness(string name, VerifyingKey key) => new(name, NoteKeyType.CosignatureV1, key);

    /// <summary>Says whether a text can be the name of a key.</summary>
    /// <param name="name">Any text.</param>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= NameSizeBytesMax
            && NoteText.IsName(name)
            && NoteText.Encode(name).Length <= NameSizeBytesMax;
    }

    /// <summary>Reads the text form.</summary>
    /// <returns>The key, or a refusal with <see cref="RefusalCode.KeyMalformed"/> when the text is not the one spelling
    /// of a key of a known type, or the id is another key's; or with <see cref="RefusalCode.KeyWeak"/>.</returns>
    public static Result<VerifierKey> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = text.IndexOf('+', StringComparison.Ordinal);
        if (first < 0 || text.Length <= first + IdDigits + 1 || text[first + IdDigits + 1] != '+')
        {
            return Malformed();
        }

        // The name has no plus sign, but base64 has.
        var name = text[..first];
        Span<byte> id = stackalloc byte[sizeof(uint)];
        if (!IsName(name)
            || !StrictHex.TryDecode(text.AsSpan(first + 1, IdDigits), id)
            || !StrictBase64.TryDecode(text.AsSpan(first + IdDigits + 2), out var key)
            || key.Length != 1 + VerifyingKey.SizeBytes
            || !Enum.IsDefined((NoteKeyType)key[0]))
        {
            return Malformed();
        }

        return VerifyingKey.Parse(key.AsSpan(1)).Then<VerifierKey>(verifying =>
        {
            var whole = new VerifierKey(name, (NoteKeyType)key[0], verifying);
            return whole.ToString() == text ? whole : Malformed();
        });
    }

    /// <summary>Says whether two keys have the same name, type and public key.</summary>
    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && Type == other.Type && Key.Kid == other.Key.Kid;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Id);

    /// <summary>Returns the text form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}+{Id:x8}+{StrictBase64.Encode([(byte)Type, .. Key.Bytes.Span])}");

    private static uint IdOf(string name, NoteKeyType type, ReadOnlySpan<byte> key)
    {
        var hash = SHA256.HashData([.. NoteText.Encode(name), (byte)'\n', (byte)type, .. key]);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    private static Refusal Malformed() => new(
        RefusalCode.KeyMalformed, "A verifier key is name+id+base64, of an Ed25519 log or witness.", "vkey");
}
