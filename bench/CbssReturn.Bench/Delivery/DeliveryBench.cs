using System.Diagnostics;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.NodeRig;

namespace CbssReturn.Bench.Delivery;

/// <summary>Two real nodes on this machine, real mTLS, real files: packets drafted, then sealed and queued, then
/// delivered and receipted, each phase timed on its own and the last two together.</summary>
internal sealed class DeliveryBench(int packets)
{
    private const int CallsAtATime = 16;
    private const string Delivered = "SELECT count(*) FROM outbox WHERE state = 2";
    private const string EnvelopeSize = "SELECT max(body_bytes) FROM outbox";

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(5);

    // Counting costs the cores that are measured; this adds at most a hundredth to a run of some seconds.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task<DeliveryResult> RunAsync(int payloadSizeBytes)
    {
        await using var network = await RigNetwork.CreateAsync(2);
        var (sender, receiver) = (network.Nodes[0], network.Nodes[1]);
        await Task.WhenAll(sender.StartAsync(), receiver.StartAsync());
        await sender.AddCaseworkerAsync();
        await sender.UntilAsync(node => node.Count("SELECT count(*) FROM peer_epoch_keys") > 0, TimeMax, Pause);
        var caseId = await OpenCaseAsync(sender, receiver, payloadSizeBytes);

        // The first ones warm both processes up; they are not counted.
        await SendAsync(sender, await DraftAsync(sender, receiver, caseId, packets / 5));
        await sender.UntilAsync(node => node.Count(Delivered) == packets / 5, TimeMax, Pause);

        Phase("drafting");
        var drafts = await DraftAsync(sender, receiver, caseId, packets);
        Phase("sealing, queueing and delivering");
        var start = Stopwatch.GetTimestamp();
        await SendAsync(sender, drafts);
        var queued = Stopwatch.GetElapsedTime(start);
        await sender.UntilAsync(node => node.Count(Delivered) == packets + (packets / 5), TimeMax, Pause);
        var through = Stopwatch.GetElapsedTime(start);

        // Delivery alone: everything waits, then the receiver comes back, cold; its first packets warm it up again.
        Phase("drafting, sealing and queueing while the receiver is away");
        var warmUp = packets / 2;
        drafts = await DraftAsync(sender, receiver, caseId, packets + warmUp);
        await receiver.StopAsync();
        await SendAsync(sender, drafts);
        var before = sender.Count(Delivered) + warmUp;
        await receiver.StartAsync();
        await sender.UntilAsync(node => node.Count(Delivered) > before, TimeMax, Pause);
        Phase("delivering");
        var (first, counted) = (Stopwatch.GetTimestamp(), sender.Count(Delivered));
        await sender.UntilAsync(node => node.Count(Delivered) == before + packets, TimeMax, Pause);
        var delivery = (before + packets - counted) / Stopwatch.GetElapsedTime(first).TotalSeconds;
        return new DeliveryResult(
            payloadSizeBytes,
            (int)sender.Count(EnvelopeSize),
            packets,
            packets / queued.TotalSeconds,
            packets / through.TotalSeconds,
            delivery);
    }

    private static void Phase(string what) => Console.Error.WriteLine(what);

    private static async Task<string> OpenCaseAsync(RigNode sender, RigNode receiver, int payloadSizeBytes)
    {
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var recorded = await sender.Desk.RecordConsentAsync(
            new RecordConsentRequest { Consent = Payload.Consent(receiver.Id, now) }, sender.Caseworker);
        await sender.Desk.CreateReferralAsync(
            Draft(receiver, recorded.CaseId, [Payload.Risk(payloadSizeBytes, now)]), sender.Caseworker);
        return recorded.CaseId;
    }

    private static async Task<IReadOnlyList<string>> DraftAsync(
        RigNode sender, RigNode receiver, string caseId, int count)
    {
        var drafts = new List<string>();
        for (var index = 0; index < count; index++)
        {
            // One after the other: each reads and writes the same case.
            var draft = await sender.Desk.CreateReferralAsync(Draft(receiver, caseId, []), sender.Caseworker);
            drafts.Add(draft.ReferralId);
        }

        return drafts;
    }

    private static Task SendAsync(RigNode sender, IReadOnlyList<string> drafts) => Parallel.ForEachAsync(
        drafts,
        new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime },
        async (id, ct) => await sender.Desk.SendReferralAsync(
            new SendReferralRequest { ReferralId = id }, sender.Caseworker, cancellationToken: ct));

    private static CreateReferralRequest Draft(RigNode receiver, string caseId, IEnumerable<Section> sections) => new()
    {
        Draft = new ReferralDraft
        {
            CaseId = caseId,
            Recipient = receiver.Id,
            Stage = DisclosureStage.Referral,
            Priority = Priority.Normal,
            Sections = { sections },
        },
    };
}
