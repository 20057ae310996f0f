using System.Collections.Concurrent;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using Grpc.Core;

namespace CbssReturn.NodeRig;

/// <summary>Many small packets: enquiries without a case, each a conversation of its own.</summary>
public static class RigEnquiries
{
    /// <summary>Drafts and sends enquiries, 16 at a time.</summary>
    /// <returns>The outbox ids of those for which the desk said that they are queued. A call of a node that is killed
    /// meanwhile fails, and nobody knows what became of it.</returns>
    public static async Task<IReadOnlyCollection<string>> SendAsync(RigNode from, RigNode to, int count)
    {
        var queued = new ConcurrentBag<string>();
        using var slots = new SemaphoreSlim(16);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            await slots.WaitAsync();
            try
            {
                queued.Add(await SendOneAsync(from, to));
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable)
            {
                // The node is gone.
            }
            finally
            {
                slots.Release();
            }
        }));
        return queued;
    }

    private static async Task<string> SendOneAsync(RigNode from, RigNode to)
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
        var sent = await from.Desk.SendReferralAsync(
            new SendReferralRequest { ReferralId = draft.ReferralId }, from.Caseworker);
        return sent.OutboxId;
    }
}
