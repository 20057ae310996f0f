using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk;

/// <summary>Asks the directory whether a node may be a recipient, and Casework what it may get
/// (docs/spec/casework.md, rules 3.3 to 3.5).</summary>
internal static class RecipientCheck
{
    /// <summary>Checks the recipient of a packet and of each of its sections.</summary>
    /// <param name="node">This node.</param>
    /// <param name="peer">The recipient.</param>
    /// <param name="kind">What is to be sent.</param>
    /// <param name="categories">The categories of its sections.</param>
    /// <param name="permissions">The person's answers to the questions that are asked on their own.</param>
    public static Result<Done> Check(
        NodeContext node, NodeId peer, MessageKind kind, IEnumerable<Category> categories, Permissions permissions)
    {
        if (node.Directory.IsExpired)
        {
            return new Refusal(
                RefusalCode.DirectoryExpired, "The directory has ended, so nobody knows who may get something.");
        }

        if (peer == node.Self || Find(node, peer) is not { } recipient)
        {
            return new Refusal(RefusalCode.RecipientUnknown, "The recipient is not in the directory.", "recipient");
        }

        return categories.Aggregate(
            RecipientRules.Check(recipient, kind, permissions),
            (all, category) => all.Then(_ => RecipientRules.CheckSection(recipient, category, permissions)));
    }

    /// <summary>Checks that every grant names a node that is in the directory, may see its category, and is not this
    /// one. Asked of a directory that has ended as well: what a person agrees to can always be recorded.</summary>
    public static Result<Done> CheckGrants(NodeContext node, ConsentRecord consent) => RecipientRules.CheckGrants(
        consent,
        RecipientId.FromBytes(node.Self.ToArray()).Value,
        recipient => Find(node, NodeId.FromBytes(recipient.ToArray())));

    /// <summary>The person's answers as an excerpt tells them; without one, those of who was not asked.</summary>
    public static Permissions PermissionsIn(ConsentExcerpt? excerpt) =>
        excerpt?.Permissions ?? new Permissions();

    private static Recipient? Find(NodeContext node, NodeId peer) =>
        node.Directory.Now.TryFind(peer, out var entry)
        && CountryCode.Parse(entry.Country).TryGet(out var country, out _)
            ? new Recipient(
                RecipientId.FromBytes(peer.ToArray()).Value, (NodeKind)entry.Kind, country, entry.IsSuspended)
            : null;
}
