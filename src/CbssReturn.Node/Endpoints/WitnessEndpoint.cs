using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>Cosigns the checkpoints of other nodes' logs (c2sp.org/tlog-witness).</summary>
internal sealed class WitnessEndpoint(PeerGate gate, WitnessLogs witness, ILogger log)
    : WitnessService.WitnessServiceBase
{
    private const int BodySizeBytesMax = 64 * 1024;

    /// <inheritdoc/>
    public override async Task<AddCheckpointResponse> AddCheckpoint(
        AddCheckpointRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        if (request.Body.Length > BodySizeBytesMax)
        {
            throw PeerCallStatus.RuleBroken();
        }

        var reply = await gate.AskAsync(
            peer, () => witness.AddCheckpointAsync(request.Body.Memory, context.CancellationToken));
        Note(peer, reply);
        return new AddCheckpointResponse
        {
            Status = (uint)reply.Status,
            Body = UnsafeByteOperations.UnsafeWrap(reply.Body),
        };
    }

    private void Note(NodeId peer, WitnessReply reply)
    {
        if (reply.Refusal is { } refusal)
        {
            NodeLog.NotCosigned(log, peer, reply.Status, refusal.Code);
        }
    }
}
