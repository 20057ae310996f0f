using System.Security.Cryptography;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>The hashes of the tree (RFC 6962, section 2.1), SHA-256 throughout. Safe to use from any thread.</summary>
/// <remarks>A leaf and a node start with different bytes, so that nobody can show a node as an entry.</remarks>
public static class LogHash
{
    // Longest entry that is hashed from the stack, in bytes; entry v1 is far below.
    private const int StackSizeBytesMax = 1024;
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    // One for each thread, used again and again: a fresh one for each hash costs as much as the hash. Between two calls
    // it is empty, and it ends with its thread.
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <summary>Root of the tree without entries: SHA-256 of nothing.</summary>
    public static Digest Empty { get; } = Digest.Of([]);

    /// <summary>Hashes an entry: SHA-256(0x00 ‖ entry).</summary>
    /// <param name="entry">Any number of bytes.</param>
    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        var input = entry.Length < StackSizeBytesMax ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Hash(input);
    }

    /// <summary>Hashes two neighbours: SHA-256(0x01 ‖ left ‖ right).</summary>
    /// <param name="left">Root of the left subtree.</param>
    /// <param name="right">Root of the right subtree.</param>
    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest.SizeBytes)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.SizeBytes)..]);
        return Hash(input);
    }

    private static Digest Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[Digest.SizeBytes];
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(input);
        hash.GetHashAndReset(bytes);
        return Digest.FromBytes(bytes);
    }
}
