using System.Buffers.Binary;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk;

/// <summary>Seals what goes into the store and opens what comes out of it (docs/spec/referral-packet.md, section 11).
/// The table's name and the row's id are bound in, so no row can pass for another.</summary>
internal static class SealedRows
{
    public const string Cases = "cases";
    public const string Consents = "consents";
    public const string Conversations = "conversations";
    public const string Received = "received";
    public const string Outbox = "outbox";
    public const string EpochSeeds = "epoch_seeds";
    public const string AuditDetails = "audit_detail";

    public static SealedContent Seal(this NodeContext node, string table, RowId row, ReadOnlySpan<byte> plaintext) =>
        node.Keys.Seal(node.Time.GetUtcNow(), table, row.ToArray(), plaintext);

    public static Result<byte[]> Open(this NodeContext node, string table, RowId row, SealedContent content) =>
        node.Keys.Open(table, row.ToArray(), content);

    /// <summary>What the content of a consent is bound to: its id and its version, or an older version would open in
    /// the row of the newest.</summary>
    public static byte[] ConsentRow(RowId consent, long version)
    {
        var row = new byte[RowId.SizeBytes + sizeof(long)];
        consent.CopyTo(row);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(RowId.SizeBytes), version);
        return row;
    }

    public static PeerIndex PeerIndexOf(this NodeContext node, NodeId peer) =>
        PeerIndex.FromBlindIndex(node.Keys.BlindIndex("peer", peer.ToArray()));

    /// <summary>The identity keys of a peer that are in force; none for a node that is not in the directory.</summary>
    public static IReadOnlyList<VerifyingKey> ActiveKeysOf(this NodeContext node, NodeId peer) =>
        node.Directory.Now.TryFind(peer, out var entry)
            ? [.. entry.Keys.Where(key => key.State is DirectoryKeyState.Active).Select(key => key.Key)]
            : [];

    /// <summary>The identity keys of a peer that could sign a receipt at a moment: those in force, and those retired
    /// since. A receipt is repeated byte for byte, so it keeps the signature of a key that was replaced
    /// meanwhile.</summary>
    public static IEnumerable<VerifyingKey> ReceiptKeysOf(this NodeContext node, NodeId peer, ulong receivedAt) =>
        node.Directory.Now.TryFind(peer, out var entry)
            ? entry.Keys
                .Where(key => key.State is DirectoryKeyState.Active
                    || (key is { State: DirectoryKeyState.Retired, Since: { } since }
                        && receivedAt <= (ulong)since.ToUnixTimeSeconds()))
                .Select(key => key.Key)
            : [];

    public static PeerIndex KeyIndexOf(this NodeContext node, NodeId peer) =>
        PeerIndex.FromBlindIndex(node.Keys.BlindIndex("peer_epoch_keys", peer.ToArray()));
}
