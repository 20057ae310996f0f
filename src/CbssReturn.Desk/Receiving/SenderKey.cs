using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Receiving;

/// <summary>The sender's key as the directory knows it (docs/spec/referral-packet.md, section 10, step 3).</summary>
internal sealed class SenderKey
{
    private readonly DirectoryKey _entry;

    private SenderKey(DirectoryKey entry) => _entry = entry;

    /// <summary>The key to verify with.</summary>
    public VerifyingKey Key => _entry.Key;

    /// <summary>Finds the key of an envelope: known, not this node's own, and of the peer that delivers it.</summary>
    public static Result<SenderKey> Find(NodeContext node, EnvelopeHead head, NodeId peer)
    {
        var isKnown = node.Directory.Now.TryFindByKid(head.SenderKid, out var owner, out var entry);
        if (head.SenderKid == node.Keys.Identity.Kid || owner?.Id == node.Self)
        {
            return new Refusal(RefusalCode.SenderIsSelf, "The packet names this node as its sender.");
        }

        if (!isKnown || owner is null || entry is null)
        {
            return new Refusal(RefusalCode.SenderUnknown, "The sender's key is not in the directory.");
        }

        if (owner.Id != peer)
        {
            return new Refusal(RefusalCode.SenderNotPeer, "The sender's key is not that of who delivers.");
        }

        if (owner.IsSuspended)
        {
            return new Refusal(RefusalCode.PeerSuspended, "The sender is suspended.");
        }

        return head.Suite >= owner.SuiteMin
            ? new SenderKey(entry)
            : new Refusal(RefusalCode.SuiteNotAllowed, "The suite is below the sender's minimum.");
    }

    /// <summary>Says whether a key is one of a peer's, in force or not: a receipt is repeated to nobody else.</summary>
    public static bool IsOf(NodeContext node, KeyId kid, NodeId peer) =>
        node.Directory.Now.TryFindByKid(kid, out var owner, out _) && owner.Id == peer;

    /// <summary>Checks that the key counts for this envelope at this moment.</summary>
    /// <remarks>A revoked key takes nothing new, whatever its date: its thief can date as he likes.</remarks>
    public Result<Done> CheckState(EnvelopeHead head, DateTimeOffset now)
    {
        switch (_entry.State)
        {
            case DirectoryKeyState.Active:
                return Done.Instance;
            case DirectoryKeyState.Retired when _entry.Since is { } since
                && head.CreatedAt <= (ulong)since.ToUnixTimeSeconds()
                && now <= since + ReceivePacket.RetiredKeyGrace:
                return Done.Instance;
            case DirectoryKeyState.Retired:
                return new Refusal(RefusalCode.SenderKeyRetired, "The sender's key was retired.");
            default:
                return new Refusal(RefusalCode.SenderKeyRevoked, "The sender's key is revoked.");
        }
    }
}
