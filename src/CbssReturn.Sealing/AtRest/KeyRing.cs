using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>An unlocked keystore in memory: signs as the node, seals and opens rows, computes blind indexes. Safe to
/// share between threads until disposed; disposing zeroes every key.</summary>
/// <remarks>A day's key-encryption key is in the keystore file, durably, before anything is sealed under it
/// (docs/spec/referral-packet.md, section 11). Nobody else may write the file meanwhile; when somebody did, the next
/// new key is refused rather than the other's keys lost.</remarks>
public sealed class KeyRing : IDisposable
{
    /// <summary>Size of a blind index, in bytes.</summary>
    public const int BlindIndexSizeBytes = 32;

    // Tells the key of a day's seed from the key-encryption key of that day. No calendar comes that far.
    private const uint SeedKeyBit = 1U << 31;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SecretBytes _passphrase;
    private readonly Argon2Cost _cost;
    private readonly Action<string, byte[]> _replaceFile;

    // Written under the gate only; read anywhere as one immutable value.
    private volatile KeystoreContents _contents;

    // Under the gate: what the file holds as far as we know. After a failed write it may hold either of the two.
    private Digest _fileDigest;
    private Digest _attemptedDigest;

    internal KeyRing(
        string path,
        ReadOnlySpan<byte> passphrase,
        Argon2Cost cost,
        KeystoreContents contents,
        Digest fileDigest,
        Action<string, byte[]>? replaceFile = null)
    {
        _path = Path.GetFullPath(path);
        _passphrase = new SecretBytes(passphrase);
        _cost = cost;
        _contents = contents;
        _fileDigest = _attemptedDigest = fileDigest;
        _replaceFile = replaceFile ?? ((target, content) => AtomicFile.Replace(target, content));
        Identity = SigningKey.FromSeed(contents.IdentitySeed.Span);
    }

    /// <summary>The node's identity key; disposed together with this.</summary>
    public SigningKey Identity { get; }

    /// <summary>Names the key-encryption key of the present day, making and storing it first when it is missing: about
    /// 0.4 s, once a day.</summary>
    /// <param name="now">The present moment, 1970 or later.</param>
    /// <returns>Days since 1970-01-01 UTC.</returns>
    /// <exception cref="IOException">A new key could not be stored; nothing may be sealed under it.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    /// <exception cref="InvalidOperationException">The keystore is full, or somebody else wrote its file.</exception>
    public uint CurrentKekId(DateTimeOffset now)
    {
        var day = EpochKeyRecord.DayOf(now);
        if (!_contents.Keks.ContainsKey(day))
        {
            Change([day], []);
        }

        return day;
    }

    /// <summary>Seals the content of one row.</summary>
    /// <param name="now">The present moment; chooses the day's key-encryption key as
    /// <see cref="CurrentKekId"/> does, with its exceptions.</param>
    /// <param name="table">The table's name; part of what the content is bound to.</param>
    /// <param name="rowId">The row's id; part of what the content is bound to.</param>
    /// <param name="plaintext">At most <see cref="SealedContent.ContentSizeBytesMax"/> bytes.</param>
    /// <exception cref="ArgumentException">The content is too large.</exception>
    public SealedContent Seal(
        DateTimeOffset now, string table, ReadOnlySpan<byte> rowId, ReadOnlySpan<byte> plaintext)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            plaintext.Length, SealedContent.ContentSizeBytesMax, nameof(plaintext));
        return SealUnder(CurrentKekId(now), table, rowId, plaintext);
    }

    /// <summary>Changes which days' seeds have a key of their own in the keystore: a seed that is under such a key is
    /// gone with it, whoever has an old copy of the database.</summary>
    /// <param name="now">The present moment; the day's key-encryption key is made along with the rest, since a write
    /// costs the same.</param>
    /// <param name="made">Days that get a key; those that have one keep it.</param>
    /// <param name="destroyed">Days whose key is taken out, durably, before this returns.</param>
    /// <remarks>Throws as <see cref="CurrentKekId"/> does; then it is not known which keys are in the file.</remarks>
    public void ChangeSeedKeys(DateTimeOffset now, IEnumerable<uint> made, IEnumerable<uint> destroyed) =>
        Change(made.Select(SeedKeyIdOf).Append(EpochKeyRecord.DayOf(now)), destroyed.Select(SeedKeyIdOf));

    /// <summary>Seals a day's seed under the key that <see cref="ChangeSeedKeys"/> made for it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public SealedContent SealSeed(
        uint day, string table, ReadOnlySpan<byte> rowId, ReadOnlySpan<byte> seed) =>
        _contents.Keks.ContainsKey(SeedKeyIdOf(day))
            ? SealUnder(SeedKeyIdOf(day), table, rowId, seed)
            : throw new InvalidOperationException("The day's seed has no key in the keystore.");

    /// <summary>Opens the content of one row.</summary>
    /// <param name="table">The table in which it lay.</param>
    /// <param name="rowId">The row in which it lay.</param>
    /// <param name="content">As it was stored.</param>
    /// <returns>The content, which the caller zeroes; or a refusal with <see cref="RefusalCode.KekUnknown"/> when its
    /// key is destroyed or lost, or <see cref="RefusalCode.SealedContentCorrupt"/>.</returns>
    public Result<byte[]> Open(string table, ReadOnlySpan<byte> rowId, SealedContent content)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(content);
        if (!_contents.Keks.TryGetValue(content.KekId, out var secret))
        {
            return ContentSealing.KekUnknown();
        }

        Span<byte> kek = stackalloc byte[KeystoreContents.KeySizeBytes];
        secret.CopyTo(kek);
        var opened = ContentSealing.Open(kek, table, rowId, content);
        CryptographicOperations.ZeroMemory(kek);
        return opened;
    }

    /// <summary>Computes what stands in the database in place of a value, so that it can be looked up and not
    /// read.</summary>
    /// <param name="table">The table's name, so that equal values differ between tables.</param>
    /// <param name="value">The value.</param>
    /// <returns>32 bytes: HMAC-SHA256 under the index key over D("index", table, value).</returns>
    public byte[] BlindIndex(string table, ReadOnlySpan<byte> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        Span<byte> input = stackalloc byte[Digest.SizeBytes];
        using (var transcript = new Transcript("index"))
        {
            transcript.AddText(table);
            transcript.Add(value);
            transcript.Finish().CopyTo(input);
        }

        Span<byte> key = stackalloc byte[KeystoreContents.KeySizeBytes];
        _contents.IndexKey.CopyTo(key);
        var index = HMACSHA256.HashData(key, input);
        CryptographicOperations.ZeroMemory(key);
        return index;
    }

    /// <summary>Derives a key that signs notes; the same purpose gives the same key as long as the keystore lives.
    /// </summary>
    /// <param name="purpose">What it is for: the name under which it signs, at most 255 characters.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public NoteKey DeriveNoteKey(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var seed = BlindIndex("note-key", System.Text.Encoding.UTF8.GetBytes(purpose));
        var key = NoteKey.FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            Identity.Dispose();
            _contents.Dispose();
            _passphrase.Dispose();
        }
    }

    private static uint SeedKeyIdOf(uint day) => day | SeedKeyBit;

    private SealedContent SealUnder(
        uint kekId, string table, ReadOnlySpan<byte> rowId, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> kek = stackalloc byte[KeystoreContents.KeySizeBytes];
        _contents.Keks[kekId].CopyTo(kek);
        var content = ContentSealing.Seal(kekId, kek, table, rowId, plaintext);
        CryptographicOperations.ZeroMemory(kek);
        return content;
    }

    /// <summary>Adds the keys that are missing and takes others out, in one write of the file.</summary>
    private void Change(IEnumerable<uint> added, IEnumerable<uint> removed)
    {
        lock (_gate)
        {
            var before = _contents.Keks;
            uint[] gone = [.. removed.Distinct().Where(before.ContainsKey)];
            uint[] missing = [.. added.Distinct().Where(id => !before.ContainsKey(id))];
            if (gone.Length == 0 && missing.Length == 0)
            {
                return;
            }

            if (before.Count - gone.Length + missing.Length > KeystoreContents.KekCountMax)
            {
                throw new InvalidOperationException("The keystore holds as many keys as allowed.");
            }

            var onDisk = Digest.Of(File.ReadAllBytes(_path));
            if (onDisk != _fileDigest && onDisk != _attemptedDigest)
            {
                throw new InvalidOperationException("Somebody else wrote the keystore; it is not overwritten.");
            }

            var fresh = missing.ToDictionary(id => id, _ => SecretBytes.NewRandom(KeystoreContents.KeySizeBytes));
            try
            {
                var next = _contents with { Keks = before.RemoveRange(gone).AddRange(fresh) };
                var file = KeystoreFormat.Encode(next, _passphrase.Span, _cost);
                (_fileDigest, _attemptedDigest) = (onDisk, Digest.Of(file));
                _replaceFile(_path, file);
                _fileDigest = _attemptedDigest;
                _contents = next;
            }
            catch
            {
                foreach (var kek in fresh.Values)
                {
                    kek.Dispose();
                }

                throw;
            }

            foreach (var id in gone)
            {
                before[id].Dispose();
            }
        }
    }
}
