using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.NodeRig;

/// <summary>Many small packets: enquiries without a case, each a conversation of its own.</summary>
public static class RigEnquiries
{
    /// <summary>Drafts and sends enquiries, 16 at a time.</summary>
    public static async Task SendAsync(RigNode from, RigNode to, int count)
    {
        using var slots = new SemaphoreSlim(16);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            await slots.WaitAsync();
            try
            {
                await SendOneAsync(from, to);
            }
            finally
            {
                slots.Release();
            }
        }));
    }

    private static async Task SendOneAsync(RigNode from, RigNode to)
    {
        var draft = await from.Desk.CreateReferralAsync(
            new CreateReferralRequest
            {
                Draft = new ReferralDraft
                {
                    Recipient = to.Id,
                    Stage = DisclosureStage.Enquiry,
                    Priority = Priority.Normal,
                    Enquiry = new Enquiry
                    {
                        AgeBand = AgeBand.From25To34,
                        Gender = Gender.Female,
                        ExploitationForms = { ExploitationForm.Labour },
                        Languages = { "lv" },
                        Services = { ServiceKind.SafeAccommodation },
                    },
                },
            },
            from.Caseworker);
        await from.Desk.SendReferralAsync(new SendReferralRequest { ReferralId = draft.ReferralId }, from.Caseworker);
    }
}
