using CbssReturn.AuditLog;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;
using WireRequest = CbssReturn.Contracts.Audit.V1.AddCheckpointRequest;

namespace CbssReturn.Auditor.Nodes;

/// <summary>A node that is asked over gRPC.</summary>
/// <param name="channel">The way to it.</param>
internal sealed class NodeClient(NodeChannel channel) : IAuditNode
{
    // As audit/v1 has it.
    private const int SeenMax = 8;
    private const int TagsMax = 4096;
    private const long SecondsMax = 253_402_300_740;

    /// <inheritdoc/>
    public string Name => channel.Address.ToString();

    /// <inheritdoc/>
    public async Task<Result<WitnessReply>> AddCheckpointAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = new WireRequest { Body = ByteString.CopyFrom(body.Span) };
        var answer = await channel.CallAsync(
            options => channel.Witness.AddCheckpointAsync(request, options), cancellationToken);
        return answer.Then<WitnessReply>(reply => new WitnessReply((int)reply.Status, reply.Body.Memory));
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<ReadOnlyMemory<byte>>>> GetSeenCheckpointsAsync(
        string origin, CancellationToken cancellationToken)
    {
        var request = new GetSeenCheckpointsRequest { Origin = origin };
        var answer = await channel.CallAsync(
            options => channel.Log.GetSeenCheckpointsAsync(request, options), cancellationToken);
        if (!answer.TryGet(out var seen, out var refusal))
        {
            return refusal.Code == RefusalCode.NotFound ? Array.Empty<ReadOnlyMemory<byte>>() : refusal;
        }

        return seen.Checkpoints.Count <= SeenMax
            ? seen.Checkpoints.Select(note => note.Memory).ToArray()
            : new Refusal(RefusalCode.TooMany, $"The node shows more than {SeenMax} checkpoints.");
    }

    /// <inheritdoc/>
    public async Task<Result<TagPage>> ExchangeTagsAsync(
        string origin, string aboutOrigin, long fromIndex, CancellationToken cancellationToken)
    {
        var request = new ExchangeTagsRequest
        {
            Origin = origin,
            AboutOrigin = aboutOrigin,
            FromIndex = (ulong)fromIndex,
        };
        var answer = await channel.CallAsync(
            options => channel.Reconciliation.ExchangeTagsAsync(request, options), cancellationToken);
        return answer.Then(page => Read(page, fromIndex));
    }

    /// <summary>Asks a node for the detail of an entry of its own log. The node logs who asked.</summary>
    /// <param name="origin">Its log.</param>
    /// <param name="index">The entry, from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The detail, unchecked; or a refusal: <see cref="RefusalCode.DetailErased"/> or
    /// <see cref="RefusalCode.DetailWrong"/> when the node says that it is erased or lost,
    /// <see cref="RefusalCode.NotFound"/>, or why there is no answer.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> GetDetailAsync(
        string origin, long index, CancellationToken cancellationToken)
    {
        var request = new GetDetailRequest { Origin = origin, Index = (ulong)index };
        var answer = await channel.CallAsync(
            options => channel.Log.GetDetailAsync(request, options),
            cancellationToken,
            static status => status switch
            {
                StatusCode.FailedPrecondition => new Refusal(RefusalCode.DetailErased, "The detail was erased."),
                StatusCode.DataLoss => new Refusal(RefusalCode.DetailWrong, "The node has lost the detail."),
                _ => null,
            });
        return answer.Then<ReadOnlyMemory<byte>>(given => given.Detail.Memory);
    }

    private static Result<TagPage> Read(ExchangeTagsResponse page, long fromIndex)
    {
        if (page.Tags.Count > TagsMax || page.NextIndex > long.MaxValue || page.CoveredUntil > SecondsMax)
        {
            return Malformed();
        }

        List<TagEntry> tags = [];
        var next = fromIndex;
        foreach (var tag in page.Tags)
        {
            if (tag.Index > long.MaxValue
                || (long)tag.Index < next
                || tag.PeerIndex > long.MaxValue
                || tag.At > SecondsMax
                || tag.Tag.Length != Digest.SizeBytes
                || tag.Event > ushort.MaxValue
                || !Enum.IsDefined((AuditEvent)tag.Event)
                || tag.Outcome > byte.MaxValue
                || !Enum.IsDefined((AuditOutcome)tag.Outcome))
            {
                return Malformed();
            }

            next = (long)tag.Index + 1;
            tags.Add(new TagEntry(
                (long)tag.Index,
                (AuditEvent)tag.Event,
                (AuditOutcome)tag.Outcome,
                Digest.FromBytes(tag.Tag.Span),
                (long)tag.PeerIndex,
                DateTimeOffset.FromUnixTimeSeconds((long)tag.At)));
        }

        return (long)page.NextIndex >= next
            ? new TagPage(
                tags,
                (long)page.NextIndex,
                page.CoveredUntil == 0 ? null : DateTimeOffset.FromUnixTimeSeconds((long)page.CoveredUntil))
            : Malformed();
    }

    private static Refusal Malformed() =>
        new(RefusalCode.FieldMalformed, "The tags that the other auditor gave do not have their form.");
}
