using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>Steps that wait until something is there, and fail when it is not there in time.</summary>
internal static class StepWaits
{
    /// <summary>How long a step waits.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Waits until a packet has left and its receipt is there. Input: outbox_id.</summary>
    public static Task<Result<JsonNode>> DeliveredAsync(
        DemoWorld world, DeskConnection desk, JsonObject with, CancellationToken stop)
    {
        var id = Input(with, "outbox_id").Text("outbox_id");
        var request = new ListOutboxRequest { IncludeDone = true };
        return UntilAsync(
            world,
            async () => (await desk.CallAsync((client, options) => client.ListOutboxAsync(request, options), stop)
                .ConfigureAwait(false)).Then(list => All(
                    list.Items.Where(item => item.OutboxId == id && item.State == "DELIVERED"))),
            stop);
    }

    /// <summary>Waits until a referral of another organisation has arrived. Input: from, a name of the five, and
    /// referral, its id there. The two sides know it by the same alias.</summary>
    public static async Task<Result<JsonNode>> ArrivalAsync(
        DemoWorld world, DeskConnection desk, JsonObject with, CancellationToken stop)
    {
        var fields = Input(with, "from", "referral");
        var from = world.Node(fields.Text("from"));
        var asked = new ShowReferralRequest { ReferralId = fields.Text("referral") };
        var shown = await from.Desk(DemoNode.Worker).CallAsync(
            (client, options) => client.ShowReferralAsync(asked, options), stop).ConfigureAwait(false);
        if (!shown.TryGet(out var there, out var refusal))
        {
            return refusal;
        }

        return await UntilAsync(
            world,
            async () => (await desk.CallAsync((client, options) => client.ListReferralsAsync(new(), options), stop)
                .ConfigureAwait(false)).Then(list => All(
                    list.Referrals.Where(referral => referral.Incoming
                        && referral.Peer == from.NodeId
                        && referral.CaseAlias == there.Summary.CaseAlias))),
            stop).ConfigureAwait(false);
    }

    /// <summary>Waits until a referral is in a state. Input: referral_id, state.</summary>
    public static Task<Result<JsonNode>> StateAsync(
        DemoWorld world, DeskConnection desk, JsonObject with, CancellationToken stop)
    {
        var fields = Input(with, "referral_id", "state");
        var state = fields.Text("state");
        return UntilShownAsync(
            world, desk, fields, shown => shown.Summary.State == state ? shown.Summary : null, stop);
    }

    /// <summary>Waits until packets of a kind have come in, and gives the newest. Input: referral_id, kind, and how
    /// many there must be, 1 when count is left out.</summary>
    public static Task<Result<JsonNode>> PacketAsync(
        DemoWorld world, DeskConnection desk, JsonObject with, CancellationToken stop)
    {
        var fields = Input(with, "referral_id", "kind", "count");
        var kind = fields.Text("kind");
        var count = fields.Find("count") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 1;
        return UntilShownAsync(world, desk, fields, Newest, stop);

        IMessage? Newest(ShowReferralResponse shown)
        {
            var found = shown.Packets.Where(packet => packet.Incoming && KindOf(packet) == kind).ToList();
            return found.Count >= count ? found[^1] : null;
        }
    }

    private static Task<Result<JsonNode>> UntilShownAsync(
        DemoWorld world,
        DeskConnection desk,
        JsonFields fields,
        Func<ShowReferralResponse, IMessage?> pick,
        CancellationToken stop)
    {
        var request = new ShowReferralRequest { ReferralId = fields.Text("referral_id") };
        return UntilAsync(
            world,
            async () => (await desk.CallAsync((client, options) => client.ShowReferralAsync(request, options), stop)
                .ConfigureAwait(false)).Then(shown => All(pick(shown) is { } found ? [found] : [])),
            stop);
    }

    private static async Task<Result<JsonNode>> UntilAsync(
        DemoWorld world, Func<Task<Result<List<JsonNode>>>> look, CancellationToken stop)
    {
        var start = world.Clock.GetTimestamp();
        while (true)
        {
            if (!(await look().ConfigureAwait(false)).TryGet(out var found, out var refusal))
            {
                return refusal;
            }

            if (found.Count > 0)
            {
                return found[0];
            }

            if (world.Clock.GetElapsedTime(start) > TimeMax)
            {
                return new Refusal(
                    RefusalCode.PeerUnreachable, $"It was not there after {TimeMax.TotalSeconds} seconds.");
            }

            await Task.Delay(Pause, world.Clock, stop).ConfigureAwait(false);
        }
    }

    private static Result<List<JsonNode>> All(IEnumerable<IMessage> messages) =>
        messages.Select(StepVerbs.ToJson).ToList();

    private static string KindOf(PacketSummary packet) =>
        JsonCodes.Format(Commands.PacketCodes.MessageKinds, (int)packet.Kind);

    private static JsonFields Input(JsonObject with, params IReadOnlyList<string> known) =>
        new(JsonSerializer.SerializeToElement(with), "with", known);
}
