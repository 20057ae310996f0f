using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.NodeRig;

namespace CbssReturn.Bench.Delivery;

/// <summary>A caseworker with one case, who drafts and sends referrals.</summary>
internal sealed class Casework
{
    private const int CallsAtATime = 16;

    private readonly RigNode _sender;
    private readonly RigNode _receiver;
    private readonly string _caseId;

    private Casework(RigNode sender, RigNode receiver, string caseId) =>
        (_sender, _receiver, _caseId) = (sender, receiver, caseId);

    /// <summary>Records a consent that names the receiver and gives the case a section of a size.</summary>
    public static async Task<Casework> OpenAsync(RigNode sender, RigNode receiver, int payloadSizeBytes)
    {
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var recorded = await sender.Desk.RecordConsentAsync(
            new RecordConsentRequest { Consent = Payload.Consent(receiver.Id, now) }, sender.Caseworker);
        var work = new Casework(sender, receiver, recorded.CaseId);
        await sender.Desk.CreateReferralAsync(work.Draft([Payload.Risk(payloadSizeBytes, now)]), sender.Caseworker);
        return work;
    }

    /// <summary>Makes drafts.</summary>
    public async Task<IReadOnlyList<string>> DraftAsync(int count)
    {
        var drafts = new List<string>();
        for (var index = 0; index < count; index++)
        {
            // One after the other: each reads and writes the same case.
            var draft = await _sender.Desk.CreateReferralAsync(Draft([]), _sender.Caseworker);
            drafts.Add(draft.ReferralId);
        }

        return drafts;
    }

    /// <summary>Sends drafts, some at a time.</summary>
    /// <param name="drafts">Their ids.</param>
    /// <param name="onSent">Told of each as soon as the desk says that it is kept.</param>
    public Task SendAsync(IReadOnlyList<string> drafts, Action<SendReferralResponse>? onSent = null) =>
        Parallel.ForEachAsync(
            drafts,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime },
            async (id, ct) =>
            {
                var sent = await _sender.Desk.SendReferralAsync(
                    new SendReferralRequest { ReferralId = id }, _sender.Caseworker, cancellationToken: ct);
                onSent?.Invoke(sent);
            });

    private CreateReferralRequest Draft(IEnumerable<Section> sections) => new()
    {
        Draft = new ReferralDraft
        {
            CaseId = _caseId,
            Recipient = _receiver.Id,
            Stage = DisclosureStage.Referral,
            Priority = Priority.Normal,
            Sections = { sections },
        },
    };
}
