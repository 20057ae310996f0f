using System.Buffers.Binary;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Audit;

/// <summary>How far the retention run has come: of every entry before, the detail is erased.</summary>
internal static class ErasedDetails
{
    private const string Key = "audit.erased-until";

    /// <summary>Tells how far it has come.</summary>
    /// <returns>The first entry whose detail is not erased, from 0.</returns>
    public static async Task<long> ErasedUntilAsync(this NodeContext node, CancellationToken ct) =>
        await node.Store.GetMetaAsync(Key, ct) is { Length: sizeof(long) } kept
            ? BinaryPrimitives.ReadInt64BigEndian(kept.Span)
            : 0;

    /// <summary>Keeps how far it has come; part of the transaction that erases.</summary>
    public static PutMeta PutErasedUntil(long index)
    {
        var value = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(value, index);
        return new PutMeta(Key, value);
    }
}
