using System.Security.Cryptography;
using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk;

/// <summary>Makes the audit intake row that every transaction carries (docs/spec/audit-intake.md).</summary>
internal static class AuditTrail
{
    /// <summary>Something that only this node does. Whoever sees the tree cannot tell which.</summary>
    public static AppendAuditIntake Local(
        this NodeContext node, AuditDetail detail, AuditOutcome outcome = AuditOutcome.Done)
    {
        var (digest, content) = node.SealDetail(detail);
        return new AppendAuditIntake(AuditIntakeRow.Local(outcome, detail.At, digest, content));
    }

    /// <summary>Something between this node and a peer.</summary>
    public static AppendAuditIntake WithPeer(
        this NodeContext node, AuditEvent kind, AuditOutcome outcome, NodeId peer, Digest tag, AuditDetail detail)
    {
        var (digest, content) = node.SealDetail(detail);
        return new AppendAuditIntake(new AuditIntakeRow
        {
            Event = kind,
            Outcome = outcome,
            AtMinute = AuditIntakeRow.MinuteOf(detail.At),
            Peer = PeerHandle(peer),
            Handle = RandomNumberGenerator.GetBytes(AuditIntakeRow.ShortIdSizeBytes),
            Tag = tag,
            DetailDigest = digest,
            Detail = content,
        });
    }

    /// <summary>The tag that closes the sender's open entry for a packet that was refused.</summary>
    public static Digest RefusedTag(Digest envelopeHash) =>
        Digest.Of([.. "cbss/refused/v1\n"u8, .. envelopeHash.ToArray()]);

    private static (Digest Digest, SealedContent Content) SealDetail(this NodeContext node, AuditDetail detail)
    {
        var bytes = detail.ToBytes();
        var digest = Digest.Of(bytes);
        return (digest, node.Keys.Seal(node.Time.GetUtcNow(), SealedRows.AuditDetails, digest.ToArray(), bytes));
    }

    private static byte[] PeerHandle(NodeId peer) =>
        SHA256.HashData([.. "cbss/node/v1\n"u8, .. Encoding.ASCII.GetBytes(peer.ToString())])
            [..AuditIntakeRow.ShortIdSizeBytes];
}
