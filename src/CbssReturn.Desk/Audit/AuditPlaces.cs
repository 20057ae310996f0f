using System.Buffers.Binary;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Audit;

/// <summary>Ids under which the place of an entry is found again that is not about a row. They are keyed hashes, so
/// they say nothing, and no row has one.</summary>
internal static class AuditPlaces
{
    /// <summary>Finds the entry that tells that a detail was erased.</summary>
    /// <param name="node">This node.</param>
    /// <param name="index">The entry whose detail it was, from 0.</param>
    public static RowId OfErasure(this NodeContext node, long index)
    {
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, index);
        return Take(node.Keys.BlindIndex("audit-erasure", place));
    }

    /// <summary>Finds the entry that tells that a recipient's proof was not true.</summary>
    /// <param name="node">This node.</param>
    /// <param name="outboxRow">The packet.</param>
    public static RowId OfWrongProof(this NodeContext node, RowId outboxRow) =>
        Take(node.Keys.BlindIndex("audit-proof-wrong", outboxRow.ToArray()));

    private static RowId Take(byte[] index) => RowId.FromBytes(index.AsSpan(0, RowId.SizeBytes));
}
