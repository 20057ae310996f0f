using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Cosigns the checkpoints of the logs in the directory (c2sp.org/tlog-witness, docs/spec/audit-log.md,
/// section 6). The decision is <see cref="WitnessDecision"/>; what is cosigned is stored before the signature
/// exists.</summary>
public sealed class WitnessLogs(NodeContext node, LogIdentity log)
{
    // Whoever loses the race to store decides again with what was stored meanwhile.
    private const int RoundsMax = 8;

    /// <summary>Decides a request and, when it may, cosigns.</summary>
    /// <param name="body">Body of add-checkpoint.</param>
    /// <param name="ct">Honoured until the store has accepted the new head.</param>
    /// <returns>The answer; or a refusal with <see cref="RefusalCode.LogBusy"/> when others were faster again and
    /// again, or <see cref="RefusalCode.RoleMayNot"/> when this node is no witness.</returns>
    public async Task<Result<WitnessReply>> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (log.WitnessKey is null)
        {
            return new Refusal(RefusalCode.RoleMayNot, "This node is no witness.");
        }

        if (!Parse(body).TryGet(out var request, out var refusal))
        {
            return ReplyOf(WitnessDecision.Malformed(refusal));
        }

        // One that the directory does not know never reaches the store.
        var origin = request.Checkpoint.Origin;
        VerifierKey[] keys = node.Directory.Now.TryFindLog(origin, out var owner) ? [owner.Log!.LogKey] : [];
        for (var round = 0; round < RoundsMax; round++)
        {
            var stored = keys.Length == 0 ? null : await node.Audit.GetWitnessedAsync(origin, ct);
            var head = stored is null ? null : new WitnessedHead(stored.Size, stored.Root);
            var answer = WitnessDecision.Decide(request, keys, head);
            if (answer.Next is not { } next)
            {
                if (answer.IsContradiction && stored is not null)
                {
                    var other = new SeenCheckpoint(origin, stored.Size, stored.Root, stored.Note, IsEvidence: true);
                    await node.KeepContradictionAsync(request.Checkpoint, request.Note.ToBytes(), other, ct);
                }

                return ReplyOf(answer);
            }

            var newest = new WitnessedLog(origin, next.Size, next.Root, request.Note.ToBytes());
            if (await node.Audit.CompareAndStoreWitnessedAsync(
                answer.Expected is { } expected ? (expected.Size, expected.Root) : null, newest, ct))
            {
                var line = log.Cosign(answer, node.Now).ToLine();
                return new WitnessReply(answer.Status, Encoding.UTF8.GetBytes(line), null);
            }
        }

        return new Refusal(RefusalCode.LogBusy, "Others asked about this log at the same time; repeat later.");
    }

    private static Result<AddCheckpointRequest> Parse(ReadOnlyMemory<byte> body) =>
        AddCheckpointRequest.Parse(body.Span).Then(request =>
            request.Note.ToBytes().Length <= AuditCheckpointRow.NoteSizeBytesMax
                ? (Result<AddCheckpointRequest>)request
                : new Refusal(RefusalCode.NoteMalformed, "The note is larger than a witness keeps."));

    private static WitnessReply ReplyOf(WitnessAnswer answer) =>
        new(answer.Status, answer.RefusedBody(), answer.Refusal);
}
