using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>What a step can do. Each verb is one call to a desk, with the JSON form of its request, or a wait that
/// makes such calls until something is there.</summary>
internal static class StepVerbs
{
    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        ["node.status"] = Call<GetStatusRequest, GetStatusResponse>((c, r, o) => c.GetStatusAsync(r, o)),
        ["user.list"] = Call<ListUsersRequest, ListUsersResponse>((c, r, o) => c.ListUsersAsync(r, o)),
        ["consent.record"] = Call<RecordConsentRequest, RecordConsentResponse>((c, r, o) => c.RecordConsentAsync(r, o)),
        ["consent.show"] = Call<ShowConsentRequest, ShowConsentResponse>((c, r, o) => c.ShowConsentAsync(r, o)),
        ["referral.new"] = Call<CreateReferralRequest, CreateReferralResponse>(
            (c, r, o) => c.CreateReferralAsync(r, o)),
        ["referral.send"] = Call<SendReferralRequest, SendReferralResponse>((c, r, o) => c.SendReferralAsync(r, o)),
        ["referral.list"] = Call<ListReferralsRequest, ListReferralsResponse>((c, r, o) => c.ListReferralsAsync(r, o)),
        ["referral.show"] = Call<ShowReferralRequest, ShowReferralResponse>((c, r, o) => c.ShowReferralAsync(r, o)),
        ["referral.open"] = Call<OpenSectionRequest, OpenSectionResponse>((c, r, o) => c.OpenSectionAsync(r, o)),
        ["answer"] = Call<SendAnswerRequest, SendAnswerResponse>((c, r, o) => c.SendAnswerAsync(r, o)),
        ["journey.plan"] = Call<SendMovementRequest, SendMovementResponse>((c, r, o) => c.SendMovementAsync(r, o)),
        ["outbox.list"] = Call<ListOutboxRequest, ListOutboxResponse>((c, r, o) => c.ListOutboxAsync(r, o)),
        ["outbox.retry"] = Call<RetryOutboxRequest, RetryOutboxResponse>((c, r, o) => c.RetryOutboxAsync(r, o)),
        ["outbox.cancel"] = Call<CancelOutboxRequest, CancelOutboxResponse>((c, r, o) => c.CancelOutboxAsync(r, o)),
        ["await.delivered"] = Wait(StepWaits.DeliveredAsync, "outbox_id"),
        ["await.arrival"] = Wait(StepWaits.ArrivalAsync, "from", "referral"),
        ["await.state"] = Wait(StepWaits.StateAsync, "referral_id", "state"),
        ["await.packet"] = Wait(StepWaits.PacketAsync, "referral_id", "kind", "count"),
    }.ToFrozenDictionary();

    /// <summary>Does one thing.</summary>
    /// <param name="world">The nodes.</param>
    /// <param name="desk">The desk of the organisation whose step it is.</param>
    /// <param name="with">The input, with variables replaced.</param>
    /// <param name="stop">Ends it early.</param>
    public delegate Task<Result<JsonNode>> Verb(
        DemoWorld world, DeskConnection desk, JsonObject with, CancellationToken stop);

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => Table.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gets a verb.</summary>
    public static Verb Get(string name) => Table[name].Run;

    /// <summary>Checks the input of a verb as far as it can be known before the values of variables are.</summary>
    /// <returns>A refusal for a field or code that is not known or stands twice; null otherwise.</returns>
    public static Refusal? CheckForm(string name, JsonObject with) =>
        Table[name].Check(with) is
        {
            Code: RefusalCode.FieldUnknown or RefusalCode.CodeUnknown or RefusalCode.ValueTwice,
        } refusal
            ? refusal
            : null;

    /// <summary>Reads the input of a verb as a message.</summary>
    public static Result<T> Read<T>(JsonObject with)
        where T : IMessage<T>, new() =>
        CaseworkJson.Read<T>(Encoding.UTF8.GetBytes(with.ToJsonString()));

    /// <summary>Gives an answer as JSON, in which paths look.</summary>
    public static JsonNode ToJson(IMessage message) => JsonNode.Parse(CaseworkJson.Write(message)) ?? new JsonObject();

    private static Entry Wait(Verb wait, params IReadOnlyList<string> known) => new(wait, with =>
    {
        var unknown = with.Any(field => !known.Contains(field.Key));
        return unknown
            ? new Refusal(
                RefusalCode.FieldUnknown, $"A field is not known here. Known are: {string.Join(", ", known)}.")
            : null;
    });

    private static Entry Call<TRequest, TResponse>(
        Func<DeskService.DeskServiceClient, TRequest, CallOptions, AsyncUnaryCall<TResponse>> call)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse> =>
        new(
            async (_, desk, with, stop) =>
            {
                if (!Read<TRequest>(with).TryGet(out var request, out var refusal))
                {
                    return refusal;
                }

                var result = await desk.CallAsync((client, options) => call(client, request, options), stop)
                    .ConfigureAwait(false);
                return result.Then<JsonNode>(response => ToJson(response));
            },
            with => Read<TRequest>(with).TryGet(out _, out var refusal) ? null : refusal);

    private sealed record Entry(Verb Run, Func<JsonObject, Refusal?> Check);
}
