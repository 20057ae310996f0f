using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>What other nodes may ask about audit logs (docs/spec/audit-log.md, section 9). Checks form and limits,
/// calls one use case, maps the answer; never calls a peer.</summary>
internal sealed class AuditLogEndpoint(PeerGate gate, AuditLogPorts ports) : AuditLogService.AuditLogServiceBase
{
    private const int TilesMax = 64;
    private const int BundlesMax = 16;

    /// <inheritdoc/>
    public override async Task<PushCheckpointResponse> PushCheckpoint(
        PushCheckpointRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var held = await gate.AskAsync(peer, () => ports.Mirror.TakeCheckpointAsync(
            peer, request.Checkpoint.Memory, context.CancellationToken));
        return new PushCheckpointResponse { EntriesHeld = (ulong)held };
    }

    /// <inheritdoc/>
    public override async Task<PushEntriesResponse> PushEntries(PushEntriesRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var files = request.Bundles.Select(file => new LogFile(file.Path, file.Content.Memory)).ToList();
        var held = await gate.AskAsync(peer, () => ports.Mirror.TakeEntriesAsync(
            peer, request.Origin, files, context.CancellationToken));
        return new PushEntriesResponse { EntriesHeld = (ulong)held };
    }

    /// <inheritdoc/>
    public override async Task<GetCheckpointResponse> GetCheckpoint(
        GetCheckpointRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var note = await gate.AskAsync(
            peer, () => ports.Serve.CheckpointAsync(request.Origin, context.CancellationToken));
        return new GetCheckpointResponse { Checkpoint = UnsafeByteOperations.UnsafeWrap(note) };
    }

    /// <inheritdoc/>
    public override async Task<GetTilesResponse> GetTiles(GetTilesRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        CheckCount(request.Paths.Count, TilesMax);
        var tiles = await gate.AskAsync(peer, () => ports.Serve.TilesAsync(
            peer, request.Origin, request.Paths, context.CancellationToken));
        return new GetTilesResponse { Tiles = { tiles.Select(ToWire) } };
    }

    /// <inheritdoc/>
    public override async Task<GetEntryBundlesResponse> GetEntryBundles(
        GetEntryBundlesRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        CheckCount(request.Paths.Count, BundlesMax);
        var bundles = await gate.AskAsync(peer, () => ports.Serve.BundlesAsync(
            peer, request.Origin, request.Paths, context.CancellationToken));
        return new GetEntryBundlesResponse { Bundles = { bundles.Select(ToWire) } };
    }

    /// <inheritdoc/>
    public override async Task<GetInclusionProofResponse> GetInclusionProof(
        GetInclusionProofRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var proven = await gate.AskAsync(peer, () => ports.Serve.ProofAsync(
            peer, request.Origin, IndexOf(request.Index), context.CancellationToken));
        return new GetInclusionProofResponse
        {
            Entry = UnsafeByteOperations.UnsafeWrap(proven.Entry),
            TlogProof = UnsafeByteOperations.UnsafeWrap(proven.Proof),
        };
    }

    /// <inheritdoc/>
    public override async Task<GetDetailResponse> GetDetail(GetDetailRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var detail = await gate.AskAsync(peer, () => ports.Detail(
            peer, request.Origin, IndexOf(request.Index), context.CancellationToken));
        return new GetDetailResponse { Detail = UnsafeByteOperations.UnsafeWrap(detail) };
    }

    /// <inheritdoc/>
    public override async Task<GetSeenCheckpointsResponse> GetSeenCheckpoints(
        GetSeenCheckpointsRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var notes = await gate.AskAsync(
            peer, () => ports.Serve.SeenAsync(request.Origin, context.CancellationToken));
        return new GetSeenCheckpointsResponse
        {
            Checkpoints = { notes.Select(note => UnsafeByteOperations.UnsafeWrap(note)) },
        };
    }

    /// <summary>Reads an index or a size.</summary>
    /// <exception cref="RpcException">It is above 2^63 - 1.</exception>
    internal static long IndexOf(ulong index) =>
        index <= long.MaxValue ? (long)index : throw PeerCallStatus.RuleBroken();

    private static void CheckCount(int count, int max)
    {
        if (count > max)
        {
            throw PeerCallStatus.RuleBroken();
        }
    }

    private static Contracts.Audit.V1.File ToWire(LogFile file) => new()
    {
        Path = file.Path,
        Content = UnsafeByteOperations.UnsafeWrap(file.Content),
    };
}
