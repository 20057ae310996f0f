namespace CbssReturn.Storage;

/// <summary>Finds a conversation by peer and conversation id without holding either: a keyed hash over both.</summary>
/// <remarks>
/// Made by <c>KeyRing.BlindIndex("conversation", node id followed by conversation id)</c>. Another member who learns a
/// conversation id has another index and so finds nothing (docs/spec/referral-packet.md, manifest).
/// <c>default</c> is all zero and stands for nothing.
/// </remarks>
public readonly struct ConversationIndex : IEquatable<ConversationIndex>
{
    /// <summary>Size of an index, in bytes.</summary>
    public const int SizeBytes = 32;

    private readonly ReadOnlyMemory<byte> _bytes;

    private ConversationIndex(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    private ReadOnlySpan<byte> Span => _bytes.IsEmpty ? Zero : _bytes.Span;

    private static ReadOnlySpan<byte> Zero => new byte[SizeBytes];

    /// <summary>Takes the 32 bytes of a blind index.</summary>
    /// <exception cref="ArgumentException">There are not exactly <see cref="SizeBytes"/> bytes.</exception>
    public static ConversationIndex FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == SizeBytes
        ? new ConversationIndex(bytes.ToArray())
        : throw new ArgumentException($"A conversation index has {SizeBytes} bytes.", nameof(bytes));

    /// <summary>Compares by value.</summary>
    public static bool operator ==(ConversationIndex left, ConversationIndex right) => left.Equals(right);

    /// <summary>Compares by value.</summary>
    public static bool operator !=(ConversationIndex left, ConversationIndex right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(ConversationIndex other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ConversationIndex other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Returns the 32 bytes in an array of their own.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <summary>Returns 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);
}
