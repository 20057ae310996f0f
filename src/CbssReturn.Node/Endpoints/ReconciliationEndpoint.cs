using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>Lets auditors compare two logs without showing each other an entry.</summary>
internal sealed class ReconciliationEndpoint(PeerGate gate, ServeTags tags)
    : ReconciliationService.ReconciliationServiceBase
{
    /// <inheritdoc/>
    public override async Task<ExchangeTagsResponse> ExchangeTags(
        ExchangeTagsRequest request, ServerCallContext context)
    {
        var peer = gate.Enter(context);
        var from = AuditLogEndpoint.IndexOf(request.FromIndex);
        var found = await gate.AskAsync(peer, () => tags.TagsAsync(
            peer, request.Origin, request.AboutOrigin, from, context.CancellationToken));
        return new ExchangeTagsResponse
        {
            Tags = { found.Tags.Select(ToWire) },
            NextIndex = (ulong)found.NextIndex,
            CoveredUntil = DeskForm.Seconds(found.CoveredUntil),
        };
    }

    private static TagEvent ToWire(LogTag tag) => new()
    {
        Index = (ulong)tag.Index,
        Event = (uint)tag.Event,
        Outcome = (uint)tag.Outcome,
        Tag = UnsafeByteOperations.UnsafeWrap(tag.Tag.ToArray()),
        PeerIndex = (ulong)tag.PeerIndex,
        At = DeskForm.Seconds(tag.At),
    };
}
