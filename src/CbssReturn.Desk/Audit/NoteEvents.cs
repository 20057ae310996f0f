using System.Buffers.Binary;
using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Audit;

/// <summary>Notes what happens to the node itself.</summary>
public sealed class NoteEvents(NodeContext node)
{
    /// <summary>Where the version of the directory that was applied is kept, u64, so that a restart does not go back
    /// behind it.</summary>
    public const string DirectoryVersionKey = "directory.version";

    private const string IdentityKey = "identity.kid";

    /// <summary>Notes that the node starts, and that its identity key is another than at its last start.</summary>
    public async Task StartedAsync(CancellationToken ct)
    {
        var kid = node.Keys.Identity.Kid.ToArray();
        var before = await node.Store.GetMetaAsync(IdentityKey, ct);
        List<StoreChange> changes =
        [
            new PutMeta(IdentityKey, kid),
            node.Local(new AuditDetail { Kind = AuditDetailKind.NodeStarted, At = node.Now }),
        ];
        if (before is { } known && !known.Span.SequenceEqual(kid))
        {
            changes.Add(node.OnItself(
                AuditEvent.KeyRotated,
                new AuditDetail { Kind = AuditDetailKind.IdentityChanged, At = node.Now }));
        }

        await node.Store.CommitAsync(new NodeTransaction("node-start", changes), ct);
    }

    /// <summary>Notes and remembers that the directory in force was applied; one that was applied before is not noted
    /// again.</summary>
    public async Task DirectoryAppliedAsync(CancellationToken ct)
    {
        var version = node.Directory.Now.Version;
        var known = await node.Store.GetMetaAsync(DirectoryVersionKey, ct);
        if (version <= (known is { Length: sizeof(ulong) } kept ? BinaryPrimitives.ReadUInt64BigEndian(kept.Span) : 0))
        {
            return;
        }

        var value = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, version);
        var detail = new AuditDetail
        {
            Kind = AuditDetailKind.DirectoryApplied,
            At = node.Now,
            DirectoryVersion = version,
        };
        await node.Store.CommitAsync(
            new NodeTransaction(
                "directory-apply",
                new PutMeta(DirectoryVersionKey, value),
                node.OnItself(AuditEvent.DirectoryApplied, detail)),
            ct);
    }
}
