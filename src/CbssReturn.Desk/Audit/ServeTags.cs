using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>Lets another focal point compare a mirrored log with one that it audits: gives the tags between the two
/// nodes and nothing else (docs/spec/audit-log.md, section 7).</summary>
public sealed class ServeTags(NodeContext node)
{
    /// <summary>Most tags in one answer.</summary>
    public const int TagsMax = 4096;

    // So many entries are looked at for one answer, so that a caller cannot keep the store busy with one call.
    private const int BundlesMax = 64;

    /// <summary>Gives tags.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="origin">The log that is asked about.</param>
    /// <param name="about">The log of the other node.</param>
    /// <param name="from">Index of the entry to go on from.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The tags; or a refusal with <see cref="RefusalCode.RoleMayNot"/> when the caller is no focal point or
    /// audits neither log, or <see cref="RefusalCode.LogUnknown"/> when the log is not mirrored here.</returns>
    public async Task<Result<LogTags>> TagsAsync(
        NodeId caller, string origin, string about, long from, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(about);
        if (!MayAsk(caller, origin, about))
        {
            return new Refusal(RefusalCode.RoleMayNot, "Tags are given to a focal point that audits one of the logs.");
        }

        if (await node.Audit.GetMirroredAsync(origin, ct) is not { } held || from < 0)
        {
            return new Refusal(RefusalCode.LogUnknown, "This log is not mirrored here.");
        }

        var name = LogEntry.PeerName(about);
        var source = node.Audit.MirroredTiles(origin);
        var (tags, next, until) = (new List<LogTag>(), from, (DateTimeOffset?)null);
        for (var bundles = 0; bundles < BundlesMax && next < held.Size && tags.Count < TagsMax; bundles++)
        {
            var id = TileLayout.BundleAt(held.Size, next / TileId.HashesMax);
            var bytes = await source.ReadBundleAsync(id, ct);
            var entries = EntryBundle.Parse(bytes!.Value, id.Width).Value;  // the store holds what it mirrors
            for (; next < id.FirstEntry + id.Width && tags.Count < TagsMax; next++)
            {
                var entry = LogEntry.Parse(entries[next - id.FirstEntry].Span).Value;  // parsed before it was kept
                until = entry.At;
                if (IsAboutPacket(entry.Event) && entry.Peer.Span.SequenceEqual(name))
                {
                    tags.Add(new LogTag(next, entry.Event, entry.Outcome, entry.Tag, entry.Index, entry.At));
                }
            }
        }

        return new LogTags(tags, Math.Min(next, held.Size), until);
    }

    private static bool IsAboutPacket(AuditEvent kind) => kind is AuditEvent.PacketSent or AuditEvent.PacketReceived
        or AuditEvent.PacketRefused or AuditEvent.ReceiptStored;

    private bool MayAsk(NodeId caller, string origin, string about)
    {
        var directory = node.Directory.Now;
        return directory.TryFind(caller, out var peer)
            && peer.Kind == NodeKind.FocalPoint
            && new[] { origin, about }.Any(one =>
                VerifierKey.IsName(one)
                && directory.TryFindLog(one, out var owner)
                && owner.Log!.IsAuditor(caller))  // found by its log
            && directory.TryFindLog(about, out _);
    }
}
