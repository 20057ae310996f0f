using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Endpoints;
using Grpc.Core;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A node's endpoint, whose Deliver streams end when a test lets them.</summary>
internal sealed class LingeringEndpoint(ExchangeEndpoint inner, Func<Task> beforeStreamEnds)
    : ExchangeService.ExchangeServiceBase
{
    public override Task<HelloResponse> Hello(HelloRequest request, ServerCallContext context) =>
        inner.Hello(request, context);

    public override Task<GetEpochKeysResponse> GetEpochKeys(GetEpochKeysRequest request, ServerCallContext context) =>
        inner.GetEpochKeys(request, context);

    public override Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context) =>
        inner.GetReceipt(request, context);

    public override Task<GetSequencesResponse> GetSequences(
        GetSequencesRequest request, ServerCallContext context) => inner.GetSequences(request, context);

    public override Task<GetFinalReceiptsResponse> GetFinalReceipts(
        GetFinalReceiptsRequest request, ServerCallContext context) => inner.GetFinalReceipts(request, context);

    public override async Task Deliver(
        IAsyncStreamReader<DeliverRequest> requestStream,
        IServerStreamWriter<DeliverResponse> responseStream,
        ServerCallContext context)
    {
        await inner.Deliver(requestStream, responseStream, context);
        await beforeStreamEnds();
    }
}
