using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CbssReturn.Sealing;

/// <summary>Collects the fields of one <see cref="TranscriptHash"/> and hashes them in one call.</summary>
/// <remarks>One hash call over a pooled buffer costs a third of an incremental hash at our sizes. The buffer is zeroed
/// before it goes back. Never copy the value: one owner adds, finishes and disposes.</remarks>
internal ref struct Transcript : IDisposable
{
    private const int InitialSizeBytes = 4096;
    private static readonly byte[] Prefix = "CBSS-RETURN/1 "u8.ToArray();

    private byte[] _buffer;
    private int _count;

    /// <summary>Begins a transcript.</summary>
    /// <exception cref="ArgumentException">The label is not a label.</exception>
    public Transcript(string label)
    {
        if (!TranscriptHash.IsLabel(label))
        {
            throw new ArgumentException("A label is 1 to 64 printable ASCII characters.", nameof(label));
        }

        _buffer = ArrayPool<byte>.Shared.Rent(InitialSizeBytes);
        BinaryPrimitives.WriteInt32BigEndian(_buffer, Prefix.Length + label.Length);
        Prefix.CopyTo(_buffer, 4);
        Encoding.ASCII.GetBytes(label, _buffer.AsSpan(4 + Prefix.Length));
        _count = 4 + Prefix.Length + label.Length;
    }

    /// <summary>Adds a field with its length.</summary>
    public void Add(scoped ReadOnlySpan<byte> field)
    {
        Reserve(4 + field.Length);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_count), field.Length);
        field.CopyTo(_buffer.AsSpan(_count + 4));
        _count += 4 + field.Length;
    }

    /// <summary>Adds a u16 field.</summary>
    public void Add(ushort field)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, field);
        Add(bytes);
    }

    /// <summary>Adds a u32 field.</summary>
    public void Add(uint field)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, field);
        Add(bytes);
    }

    /// <summary>Adds a field in UTF-8.</summary>
    public void AddText(string field) => Add(Encoding.UTF8.GetBytes(field));

    /// <summary>Hashes what was added.</summary>
    public readonly Digest Finish() => Digest.Of(_buffer.AsSpan(0, _count));

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(0, _count));
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _count) = ([], 0);
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _count >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(_count + more));
        _buffer.AsSpan(0, _count).CopyTo(larger);
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(0, _count));
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
