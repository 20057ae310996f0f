using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>LabeledExtract and LabeledExpand of HPKE.</summary>
/// <remarks>
/// <para>Reference: RFC 9180, section 4.</para>
/// <para>Sizes in bytes: suite id 5 (KEM) or 10 (HPKE).</para>
/// <para>The caller must never mix the two suite ids.</para>
/// </remarks>
internal readonly struct LabeledHkdf
{
    private const ushort KdfHkdfSha256 = 0x0001;
    private const ushort AeadChaCha20Poly1305 = 0x0003;

    private readonly ushort _kemId;
    private readonly bool _isKem;

    private LabeledHkdf(ushort kemId, bool isKem) => (_kemId, _isKem) = (kemId, isKem);

    /// <summary>For the key schedule and the exporter: "HPKE" ‖ kem ‖ kdf ‖ aead.</summary>
    public static LabeledHkdf ForHpke(ushort kemId) => new(kemId, false);

    /// <summary>For use inside a KEM: "KEM" ‖ kem.</summary>
    public static LabeledHkdf ForKem(ushort kemId) => new(kemId, true);

    /// <summary>Extract(salt, "HPKE-v1" ‖ suite ‖ label ‖ input).</summary>
    public void Extract(
        ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> input, Span<byte> key)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 + label.Length + input.Length);
        var count = WriteLabel(buffer, label);
        input.CopyTo(buffer.AsSpan(count));
        HkdfSha256.Extract(salt, buffer.AsSpan(0, count + input.Length), key);
        CryptographicOperations.ZeroMemory(buffer.AsSpan(0, count + input.Length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Expand(key, u16 length ‖ "HPKE-v1" ‖ suite ‖ label ‖ info).</summary>
    public void Expand(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(output.Length, HkdfSha256.OutputSizeBytesMax);
        var buffer = ArrayPool<byte>.Shared.Rent(32 + label.Length + info.Length);
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)output.Length);
        var count = 2 + WriteLabel(buffer.AsSpan(2), label);
        info.CopyTo(buffer.AsSpan(count));
        HkdfSha256.Expand(key, buffer.AsSpan(0, count + info.Length), output);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private int WriteLabel(Span<byte> destination, ReadOnlySpan<byte> label)
    {
        "HPKE-v1"u8.CopyTo(destination);
        int count;
        if (_isKem)
        {
            "KEM"u8.CopyTo(destination[7..]);
            BinaryPrimitives.WriteUInt16BigEndian(destination[10..], _kemId);
            count = 12;
        }
        else
        {
            "HPKE"u8.CopyTo(destination[7..]);
            BinaryPrimitives.WriteUInt16BigEndian(destination[11..], _kemId);
            BinaryPrimitives.WriteUInt16BigEndian(destination[13..], KdfHkdfSha256);
            BinaryPrimitives.WriteUInt16BigEndian(destination[15..], AeadChaCha20Poly1305);
            count = 17;
        }

        label.CopyTo(destination[count..]);
        return count + label.Length;
    }
}
