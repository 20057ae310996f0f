using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>HPKE in base mode after the KEM: the key schedule, the exporter, and opening one message.</summary>
/// <remarks>
/// <para>Reference: RFC 9180, sections 5.1, 5.2 and 5.3; draft-ietf-hpke-pq for the KEM id of X-Wing. KDF HKDF-SHA256
/// (0x0001), AEAD ChaCha20-Poly1305 (0x0003).</para>
/// <para>Sizes in bytes: shared secret 32, exporter secret 32, key 32, nonce 12.</para>
/// <para>Envelopes use the exporter only. The caller must never take base mode as proof of who sealed: the sender is
/// authenticated by the signature over the head.</para>
/// </remarks>
internal readonly ref struct HpkeContext : IDisposable
{
    /// <summary>HPKE's number for X-Wing.</summary>
    public const ushort KemXWing = 0x647A;

    /// <summary>HPKE's number for DHKEM(X25519, HKDF-SHA256).</summary>
    public const ushort KemX25519 = 0x0020;

    /// <summary>Size of the caller's memory in which the secrets live, in bytes.</summary>
    public const int SecretsSizeBytes = ExporterOffset + 32;

    private const int NonceOffset = ChaChaPoly.KeySizeBytes;
    private const int ExporterOffset = NonceOffset + ChaChaPoly.NonceSizeBytes;

    private readonly Span<byte> _secrets;
    private readonly ushort _kemId;

    /// <summary>Runs the key schedule (RFC 9180, section 5.1) for mode 0x00.</summary>
    /// <param name="kemId">Which KEM gave the shared secret.</param>
    /// <param name="shared">32 secret bytes.</param>
    /// <param name="info">What the context is bound to.</param>
    /// <param name="secrets">Memory of the caller, best on the stack; zeroed when the context is disposed.</param>
    public HpkeContext(ushort kemId, ReadOnlySpan<byte> shared, ReadOnlySpan<byte> info, Span<byte> secrets)
    {
        _kemId = kemId;
        _secrets = secrets[..SecretsSizeBytes];
        var labeled = LabeledHkdf.ForHpke(kemId);
        Span<byte> schedule = stackalloc byte[1 + 32 + 32];
        Span<byte> secret = stackalloc byte[32];
        schedule[0] = 0x00;
        labeled.Extract([], "psk_id_hash"u8, [], schedule[1..]);
        labeled.Extract([], "info_hash"u8, info, schedule[33..]);
        labeled.Extract(shared, "secret"u8, [], secret);
        labeled.Expand(secret, "key"u8, schedule, Key);
        labeled.Expand(secret, "base_nonce"u8, schedule, Nonce);
        labeled.Expand(secret, "exp"u8, schedule, Exporter);
        CryptographicOperations.ZeroMemory(secret);
    }

    private Span<byte> Key => _secrets[..NonceOffset];

    private Span<byte> Nonce => _secrets[NonceOffset..ExporterOffset];

    private Span<byte> Exporter => _secrets[ExporterOffset..];

    /// <summary>Exports a secret (RFC 9180, section 5.3).</summary>
    /// <param name="exporterContext">What the secret is for.</param>
    /// <param name="output">1 to 8160 bytes.</param>
    public void Export(ReadOnlySpan<byte> exporterContext, Span<byte> output) =>
        LabeledHkdf.ForHpke(_kemId).Expand(Exporter, "sec"u8, exporterContext, output);

    /// <summary>Opens the message of a sequence number (RFC 9180, section 5.2).</summary>
    /// <returns>False when it does not open; the plaintext is then zeroed.</returns>
    public bool TryOpen(
        ulong sequence, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[ChaChaPoly.NonceSizeBytes];
        Nonce.CopyTo(nonce);
        var last = BinaryPrimitives.ReadUInt64BigEndian(nonce[4..]);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], last ^ sequence);
        return ChaChaPoly.TryOpen(Key, nonce, associated, ciphertext, plaintext);
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_secrets);
}
