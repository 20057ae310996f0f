using System.Buffers.Binary;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Sqlite;

/// <summary>A hash over the columns of a row that no root and no signature covers, so that a damaged one shows. Whoever
/// may write the database can make it anew; it is no proof against a liar.</summary>
internal static class AuditRowHash
{
    public static Digest OfHead(long size, Digest root, long generation) =>
        Of("cbss/audit-head/v1\n"u8, size, root, generation);

    public static Digest OfCheckpoint(long size, Digest root, DateTimeOffset at, long generation) =>
        Of("cbss/audit-checkpoint/v1\n"u8, size, root, at.ToUnixTimeMilliseconds(), generation);

    private static Digest Of(ReadOnlySpan<byte> label, long size, Digest root, params ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[label.Length + sizeof(long) + Digest.SizeBytes + (numbers.Length * sizeof(long))];
        label.CopyTo(bytes);
        var rest = bytes.AsSpan(label.Length);
        BinaryPrimitives.WriteInt64BigEndian(rest, size);
        root.CopyTo(rest[sizeof(long)..]);
        rest = rest[(sizeof(long) + Digest.SizeBytes)..];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, number);
            rest = rest[sizeof(long)..];
        }

        return Digest.Of(bytes);
    }
}
