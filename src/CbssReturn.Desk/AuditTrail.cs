using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Directory;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage;

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

    /// <summary>Something about a packet between this node and a peer.</summary>
    public static AppendAuditIntake OnTrail(
        this NodeContext node,
        AuditEvent kind,
        AuditOutcome outcome,
        PacketTrail trail,
        AuditDetail detail,
        long peerEntryIndex = 0,
        RowId? subject = null)
    {
        var (digest, content) = node.SealDetail(detail);
        return new AppendAuditIntake(new AuditIntakeRow
        {
            Event = kind,
            Outcome = outcome,
            AtMinute = AuditIntakeRow.MinuteOf(detail.At),
            Peer = trail.Peer,
            Handle = trail.Handle,
            Tag = trail.Tag,
            PeerEntryIndex = peerEntryIndex,
            Subject = subject,
            DetailDigest = digest,
            Detail = content,
        });
    }

    /// <summary>Something about the node itself that has an event of its own.</summary>
    public static AppendAuditIntake OnItself(this NodeContext node, AuditEvent kind, AuditDetail detail)
    {
        var (digest, content) = node.SealDetail(detail);
        return new AppendAuditIntake(new AuditIntakeRow
        {
            Event = kind,
            Outcome = AuditOutcome.Done,
            AtMinute = AuditIntakeRow.MinuteOf(detail.At),
            DetailDigest = digest,
            Detail = content,
        });
    }

    /// <summary>Closes, or opens again, what a <see cref="AuditEvent.PacketSent"/> opened. A row whose file no longer
    /// opens has lost its trail: what became of it is then told without naming it.</summary>
    public static AppendAuditIntake OfSent(
        this NodeContext node, OutboxRow row, AuditOutcome outcome, AuditDetail detail) =>
        node.OpenFile(row).TryGet(out var file, out _)
            ? node.OnTrail(AuditEvent.PacketSent, outcome, file.Trail, detail)
            : node.Local(detail, outcome);

    /// <summary>Starts the trail of a packet to or from a peer.</summary>
    /// <param name="node">This node.</param>
    /// <param name="peer">The other node.</param>
    /// <param name="tag">Transfer tag, or refused tag.</param>
    public static PacketTrail NewTrail(this NodeContext node, NodeId peer, Digest tag) =>
        new(node.AuditNameOf(peer), RandomNumberGenerator.GetBytes(AuditIntakeRow.ShortIdSizeBytes), tag);

    /// <summary>Reads what an outbox row knows.</summary>
    public static Result<OutboxFile> OpenFile(this NodeContext node, OutboxRow row) =>
        node.Open(SealedRows.Outbox, row.RowId, row.Sealed).Then<OutboxFile>(bytes => OutboxFileCodec.Decode(bytes));

    /// <summary>Notes that a person was denied what he asked for, before he is told.</summary>
    /// <param name="node">This node.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="denied">Why not.</param>
    /// <param name="about">Adds what was asked for; null for nothing more.</param>
    /// <param name="ct">Honoured until the entry is accepted.</param>
    /// <returns>The refusal, as it was given.</returns>
    public static async Task<Refusal> DenyAsync(
        this NodeContext node,
        Actor actor,
        Refusal denied,
        Func<AuditDetail, AuditDetail>? about,
        CancellationToken ct)
    {
        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.AccessDenied,
            At = node.Now,
            UserId = actor.UserId.ToArray(),
            Role = (byte)actor.Role,
            ReasonCode = (int)denied.Code,
        };
        var audited = node.Local(about?.Invoke(detail) ?? detail, AuditOutcome.Refused);
        await node.Store.CommitAsync(new NodeTransaction("access-deny", audited), ct);
        return denied;
    }

    /// <summary>A node as entries name it: by the origin of its log. A node that keeps no log has none; its id, which
    /// no origin can be mistaken for, stands in its place.</summary>
    public static byte[] AuditNameOf(this NodeContext node, NodeId id) =>
        LogEntry.PeerName(node.LogOf(id)?.Origin ?? NameWithoutLog(id));

    /// <summary>What the directory in force says of a node's log; null for none.</summary>
    public static DirectoryLog? LogOf(this NodeContext node, NodeId id) =>
        node.Directory.Now.TryFind(id, out var entry) ? entry.Log : null;

    /// <summary>The keys of the witnesses of the directory in force.</summary>
    public static IReadOnlyCollection<VerifierKey> WitnessKeys(this NodeContext node) =>
        [.. node.Directory.Now.Witnesses().Select(witness => witness.Key)];

    /// <summary>What is hashed in place of an origin for a node without a log.</summary>
    public static string NameWithoutLog(NodeId id) => $"node:{id}";

    private static (Digest Digest, SealedContent Content) SealDetail(this NodeContext node, AuditDetail detail)
    {
        var bytes = detail.ToBytes();
        var digest = Digest.Of(bytes);
        return (digest, node.Keys.Seal(node.Time.GetUtcNow(), SealedRows.AuditDetails, digest.ToArray(), bytes));
    }
}
