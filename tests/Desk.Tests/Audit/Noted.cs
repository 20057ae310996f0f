using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>What one entry says, as the table writes it; without a kind when it has no detail, or none any
/// more.</summary>
internal sealed record Noted(AuditEvent Event, AuditOutcome Outcome, AuditDetailKind? Kind)
{
    public static Noted Denied { get; } =
        new(AuditEvent.Local, AuditOutcome.Refused, AuditDetailKind.AccessDenied);

    public static Noted Local(AuditDetailKind kind, AuditOutcome outcome = AuditOutcome.Done) =>
        new(AuditEvent.Local, outcome, kind);

    public static Noted Sent(AuditOutcome outcome, AuditDetailKind kind) => new(AuditEvent.PacketSent, outcome, kind);

    /// <summary>Reads all that a node has noted, in order: what is in its log by now, without pads, then what waits.
    /// </summary>
    public static async Task<IReadOnlyList<Noted>> ReadAsync(TestNode node)
    {
        var (noted, pads) = (new List<Noted>(), new AuditPads(node.Keys, node.Member.LogOrigin));
        var before = default(Digest);
        for (var index = 0L; ; index++)
        {
            if (await node.Audit.ReadEntriesAsync(index, 1, default) is not [var bytes])
            {
                break;
            }

            var entry = LogEntry.Parse(bytes.Span).Value;
            var detail = await node.Audit.GetDetailAsync(index, default);
            if (detail is not null || entry.Detail != Digest.Of(pads.DetailAt(index, entry.At, before)))
            {
                noted.Add(new Noted(entry.Event, entry.Outcome, KindOf(node, detail?.Digest, detail?.Sealed)));
            }

            before = LogHash.Leaf(bytes.Span);
        }

        var waiting = await node.Store.ReadAuditIntakeAsync(0, StoreLimits.ListMax, default);
        noted.AddRange(waiting.Select(row =>
            new Noted(row.Event, row.Outcome, KindOf(node, row.DetailDigest, row.Detail))));
        return noted;
    }

    private static AuditDetailKind? KindOf(TestNode node, Digest? digest, SealedContent? content)
    {
        if (digest is not { } commitment || content is null)
        {
            return null;
        }

        var bytes = node.Keys.Open("audit_detail", commitment.ToArray(), content).Value;
        return AuditDetail.Parse(bytes, commitment).Value.Kind;
    }
}
