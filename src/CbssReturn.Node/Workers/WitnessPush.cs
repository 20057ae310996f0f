using System.Collections.Concurrent;
using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Audit.V1;

namespace CbssReturn.Node.Workers;

/// <summary>Asks a witness to cosign a checkpoint (c2sp.org/tlog-witness). Which size it holds it tells itself, when it
/// is asked with another.</summary>
internal sealed class WitnessPush(PusherSetting setting, CosignLog cosign, WitnessLogs own)
{
    // Asked with the wrong size, told the right one, and once more when another push came between.
    private const int RoundsMax = 3;

    // What each witness holds, as it said last.
    private readonly ConcurrentDictionary<NodeId, long> _held = new();

    /// <summary>Asks one witness.</summary>
    /// <param name="witness">The witness; this node may be one itself.</param>
    /// <param name="checkpoint">What it is to cosign.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>
    /// The checkpoint with the cosignature; or why not: <see cref="RefusalCode.LogRolledBack"/> when the witness holds
    /// more than the checkpoint covers, <see cref="RefusalCode.SplitView"/> when it holds another root for this size,
    /// <see cref="RefusalCode.ConsistencyWrong"/> when it does not see how what it holds leads here.
    /// </returns>
    public async Task<Result<SignedCheckpoint>> AskAsync(
        LogWitness witness, SignedCheckpoint checkpoint, CancellationToken ct)
    {
        var asked = await TryAskAsync(witness, checkpoint, ct);
        if (!asked.TryGet(out _, out var refusal))
        {
            NodeLog.WitnessMissing(setting.Log, witness.Node, refusal.Code);
        }

        return asked;
    }

    private static Result<long> SizeIn(ByteString body)
    {
        var text = body.ToStringUtf8();
        return text.EndsWith('\n')
            && long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? size
                : new Refusal(RefusalCode.FieldMalformed, "The witness does not say which size it holds.");
    }

    private static RefusalCode CodeOf(uint status) => status switch
    {
        WitnessAnswer.StatusNotFound => RefusalCode.LogUnknown,
        WitnessAnswer.StatusForbidden => RefusalCode.NoteSignatureWrong,
        WitnessAnswer.StatusUnprocessable => RefusalCode.ConsistencyWrong,
        _ => RefusalCode.PeerRefused,
    };

    private async Task<Result<SignedCheckpoint>> TryAskAsync(
        LogWitness witness, SignedCheckpoint checkpoint, CancellationToken ct)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var old = Math.Min(_held.GetValueOrDefault(witness.Node), checkpoint.Size);
            if (!(await cosign.RequestAsync(old, checkpoint, ct)).TryGet(out var body, out var refusal)
                || !(await CallAsync(witness.Node, body, ct)).TryGet(out var answer, out refusal))
            {
                return refusal;
            }

            if (answer.Status == WitnessAnswer.StatusOk)
            {
                _held[witness.Node] = checkpoint.Size;
                return await cosign.AddAsync(checkpoint.Size, witness, answer.Body.Memory, ct);
            }

            if (answer.Status != WitnessAnswer.StatusConflict)
            {
                return new Refusal(CodeOf(answer.Status), "The witness does not cosign.");
            }

            if (!SizeIn(answer.Body).TryGet(out var held, out refusal))
            {
                return refusal;
            }

            if (held > checkpoint.Size)
            {
                return new Refusal(RefusalCode.LogRolledBack, "The witness holds more than this node has published.");
            }

            if (held == old)
            {
                return new Refusal(RefusalCode.SplitView, "The witness holds another root for this size.");
            }

            _held[witness.Node] = held;
        }

        return new Refusal(RefusalCode.LogSizeDiffers, "The witness holds another size each time.");
    }

    private async Task<Result<Wire.AddCheckpointResponse>> CallAsync(NodeId node, byte[] body, CancellationToken ct)
    {
        if (node == setting.Self)
        {
            return (await own.AddCheckpointAsync(body, ct)).Then<Wire.AddCheckpointResponse>(reply =>
                new Wire.AddCheckpointResponse
                {
                    Status = (uint)reply.Status,
                    Body = UnsafeByteOperations.UnsafeWrap(reply.Body),
                });
        }

        if (!setting.Channels.Get(node).TryGet(out var channel, out var refusal))
        {
            return refusal;
        }

        var request = new Wire.AddCheckpointRequest { Body = UnsafeByteOperations.UnsafeWrap(body) };
        return await channel.CallLogAsync(
            token => channel.Witness.AddCheckpointAsync(request, cancellationToken: token), setting.PushMax, ct);
    }
}
