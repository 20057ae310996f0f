using System.Security.Cryptography;
using CbssReturn.Casework.Referrals;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Receipts;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Peers;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>What other nodes may ask of this one (docs/spec/exchange.md). Checks form and limits, calls one use case,
/// maps the answer; never calls a peer.</summary>
internal sealed class ExchangeEndpoint(
    NodeId self,
    ExchangePorts ports,
    CurrentDirectory directory,
    PeerBoard board,
    PeerLimits limits,
    ExchangeEndpointOptions options) : ExchangeService.ExchangeServiceBase
{
    private const int EpochKeysMax = 64;

    // Tag and length before a message within a message of at most 1 MiB.
    private const int FieldSizeBytesMax = 4;

    private readonly PeerGate _gate = new(board, limits, options.Log, options.Stopping);

    /// <inheritdoc/>
    public override Task<HelloResponse> Hello(HelloRequest request, ServerCallContext context)
    {
        _gate.Enter(context);
        var shared = Math.Min(request.ProtocolVersionMax, DeliverRules.ProtocolVersionMax);
        return shared < Math.Max(request.ProtocolVersionMin, DeliverRules.ProtocolVersionMin)
            ? throw PeerCallStatus.NoSharedVersion()
            : Task.FromResult(new HelloResponse
            {
                ProtocolVersion = shared,
                NodeId = ByteString.CopyFrom(self.ToArray()),
                DirectoryVersion = directory.Now.Version,
                ManifestFormatMax = DeliverRules.ManifestFormatMax,
            });
    }

    /// <inheritdoc/>
    public override async Task<GetEpochKeysResponse> GetEpochKeys(
        GetEpochKeysRequest request, ServerCallContext context)
    {
        _gate.Enter(context);
        var keys = await _gate.OverStoreAsync(() => ports.PublishedKeys(request.FromDay, context.CancellationToken));
        var response = new GetEpochKeysResponse();
        response.Keys.AddRange(keys.Take(EpochKeysMax).Select(key => new EpochKey
        {
            Record = UnsafeByteOperations.UnsafeWrap(key.Record),
            Signature = UnsafeByteOperations.UnsafeWrap(key.Signature),
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        var peer = _gate.Enter(context);
        if (request.PacketId.Length != PacketId.SizeBytes)
        {
            throw PeerCallStatus.RuleBroken();
        }

        var id = PacketId.FromBytes(request.PacketId.Span);
        var found = await _gate.OverStoreAsync(() => ports.FindReceipt(id, peer, context.CancellationToken));
        return !found.TryGet(out var receipt, out _)
            ? throw PeerCallStatus.NotFound()
            : new GetReceiptResponse
            {
                Receipt = new Contracts.Exchange.V1.Receipt
                {
                    Record = UnsafeByteOperations.UnsafeWrap(receipt.Record),
                    Signature = UnsafeByteOperations.UnsafeWrap(receipt.Signature),
                },
            };
    }

    /// <inheritdoc/>
    public override async Task<GetFinalReceiptsResponse> GetFinalReceipts(
        GetFinalReceiptsRequest request, ServerCallContext context)
    {
        var peer = _gate.Enter(context);
        if (request.PacketIds.Count > GiveFinalReceipts.PacketsMax
            || request.PacketIds.Any(id => id.Length != PacketId.SizeBytes))
        {
            throw PeerCallStatus.RuleBroken();
        }

        PacketId[] ids = [.. request.PacketIds.Select(id => PacketId.FromBytes(id.Span))];
        if (ids.Distinct().Count() != ids.Length)
        {
            // The same proof over and over would cost its maker much and the asker nothing.
            throw PeerCallStatus.RuleBroken();
        }

        var found = await _gate.OverStoreAsync(() => ports.FinalReceipts(ids, peer, context.CancellationToken));
        var response = new GetFinalReceiptsResponse();
        var sizeBytes = 0;
        foreach (var receipt in found.Select(ToWire))
        {
            // What does not fit into a message is asked for again.
            sizeBytes += receipt.CalculateSize() + FieldSizeBytesMax;
            if (sizeBytes > DeliverRules.FrameSizeBytesMax)
            {
                break;
            }

            response.Receipts.Add(receipt);
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<GetSequencesResponse> GetSequences(
        GetSequencesRequest request, ServerCallContext context)
    {
        var peer = _gate.Enter(context);
        var ids = request.ConversationIds.Select(id => ConversationId.FromBytes(id.Span)).ToList();
        if (ids.Count > CatchUpSequences.ConversationsMax || ids.Any(id => !id.IsOk))
        {
            throw PeerCallStatus.RuleBroken();
        }

        var highest = await _gate.OverStoreAsync(() => ports.Sequences(
            [.. ids.Select(id => id.Value)], peer, context.CancellationToken));
        return new GetSequencesResponse { Highest = { highest } };
    }

    /// <inheritdoc/>
    public override async Task Deliver(
        IAsyncStreamReader<DeliverRequest> requestStream,
        IServerStreamWriter<DeliverResponse> responseStream,
        ServerCallContext context)
    {
        var peer = _gate.Enter(context);
        if (!limits.TryOpenStream(peer))
        {
            throw PeerCallStatus.LimitReached(DeliverRules.BusyMax);
        }

        try
        {
            using var age = new CancellationTokenSource(DrawStreamAge(), options.Time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(age.Token, options.Stopping);
            var stream = new DeliverStream(
                peer, ports.Receive, limits, options.EnvelopeTimeout, options.Time, options.Log);
            await stream.RunAsync(requestStream, responseStream, stop.Token, context.CancellationToken);
        }
        finally
        {
            limits.CloseStream(peer);
        }
    }

    private static Contracts.Exchange.V1.Receipt ToWire(FinalReceipt receipt) => new()
    {
        Record = UnsafeByteOperations.UnsafeWrap(receipt.Receipt.Record),
        Signature = UnsafeByteOperations.UnsafeWrap(receipt.Receipt.Signature),
        FinalProof = new FinalProof
        {
            Entry = UnsafeByteOperations.UnsafeWrap(receipt.Entry),
            TlogProof = UnsafeByteOperations.UnsafeWrap(receipt.TlogProof),
        },
    };

    private static TimeSpan DrawStreamAge() => DeliverRules.StreamAge + TimeSpan.FromMilliseconds(
        RandomNumberGenerator.GetInt32((int)DeliverRules.StreamAgeJitter.TotalMilliseconds + 1));
}
