using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Who may get what at all, whatever the person agreed to (docs/spec/casework.md, rules 3.3 to 3.5).</summary>
public static class RecipientRules
{
    /// <summary>Checks that a packet of a kind may go to a recipient.</summary>
    /// <param name="recipient">Who, from the directory.</param>
    /// <param name="kind">What.</param>
    /// <param name="permissions">The person's answers; for an enquiry, which nobody's consent stands behind, the
    /// answers of who was not asked.</param>
    /// <returns>Done, or a refusal: <see cref="RefusalCode.RecipientSuspended"/>,
    /// <see cref="RefusalCode.RecipientMaySeeNoContent"/>, <see cref="RefusalCode.EmbassyForbidden"/>.</returns>
    public static Result<Done> Check(Recipient recipient, MessageKind kind, Permissions permissions)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(permissions);
        if (recipient.IsSuspended)
        {
            return new Refusal(RefusalCode.RecipientSuspended, "The recipient is suspended in the directory.");
        }

        // A focal point or the police may be asked who has room: that says nothing about who the person is.
        var isEnquiry = kind is MessageKind.Enquiry or MessageKind.EnquiryAnswer;
        return recipient.Kind switch
        {
            NodeKind.Provider or NodeKind.ReturnProgrammeOperator => Done.Instance,
            NodeKind.Health or NodeKind.Immigration => Done.Instance,
            NodeKind.FocalPoint when isEnquiry => Done.Instance,
            NodeKind.LawEnforcement when isEnquiry || MayTellPolice(permissions) => Done.Instance,
            NodeKind.Consulate => permissions.EmbassyContact == PermissionAnswer.Yes
                ? Done.Instance
                : EmbassyForbidden(),
            _ => MaySeeNoContent(),
        };
    }

    /// <summary>Checks that a section of a category may go to a recipient.</summary>
    /// <param name="recipient">Who, from the directory.</param>
    /// <param name="category">What.</param>
    /// <param name="permissions">The person's answers.</param>
    /// <returns>Done, or a refusal as from <see cref="Check"/>.</returns>
    public static Result<Done> CheckSection(Recipient recipient, Category category, Permissions permissions)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return Check(recipient, MessageKind.ReferralSubmit, permissions)
            .Then(done => MaySee(recipient.Kind, category) ? done : (Result<Done>)MaySeeNoContent());
    }

    /// <summary>Checks every recipient that a consent names against the directory, when the consent is
    /// recorded.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="self">This node, to which nobody needs to grant anything.</param>
    /// <param name="find">Finds a node in the directory; null for one that is not there.</param>
    /// <returns>Done, or a refusal: <see cref="RefusalCode.RecipientTwice"/> for this node itself,
    /// <see cref="RefusalCode.RecipientUnknown"/>, <see cref="RefusalCode.ConsentOutOfBounds"/> when a recipient is
    /// outside the EEA and the person was not told what that means, or as from <see cref="CheckSection"/>. A suspended
    /// node may be named: the suspension may end before the grant does.</returns>
    public static Result<Done> CheckGrants(ConsentRecord consent, RecipientId self, Func<RecipientId, Recipient?> find)
    {
        ArgumentNullException.ThrowIfNull(consent);
        ArgumentNullException.ThrowIfNull(find);
        for (var i = 0; i < consent.Grants.Count; i++)
        {
            if (CheckGrant(consent, consent.Grants[i], self, find) is { } refusal)
            {
                return refusal.Within(Common.Check.At("grants", i));
            }
        }

        return Done.Instance;
    }

    /// <summary>Says whether a kind of node may ever see a category (the viewers of each section).</summary>
    public static bool MaySee(NodeKind kind, Category category) => category switch
    {
        Category.Identity => kind is NodeKind.Provider or NodeKind.ReturnProgrammeOperator or NodeKind.Consulate,
        Category.Risk =>
            kind is NodeKind.Provider or NodeKind.ReturnProgrammeOperator or NodeKind.LawEnforcement,
        Category.TravelDocs => kind is NodeKind.Provider or NodeKind.ReturnProgrammeOperator
            or NodeKind.Immigration or NodeKind.Consulate,
        Category.Movement or Category.Services => kind is NodeKind.Provider or NodeKind.ReturnProgrammeOperator,
        _ => kind is not (NodeKind.FocalPoint or NodeKind.Unspecified),
    };

    private static Refusal? CheckGrant(
        ConsentRecord consent, Grant grant, RecipientId self, Func<RecipientId, Recipient?> find)
    {
        if (grant.Recipient == self || grant.OnwardTo.Contains(self))
        {
            return new Refusal(RefusalCode.RecipientTwice, "A grant cannot name this node itself.", "recipient");
        }

        var recipient = find(grant.Recipient);
        if (recipient is null || grant.OnwardTo.Any(node => find(node) is null))
        {
            var field = recipient is null ? "recipient" : "onward_to";
            return new Refusal(RefusalCode.RecipientUnknown, "The recipient is not in the directory.", field);
        }

        var isWarned = consent.Terms.InformationGiven.Contains(InformationItem.ThirdCountryRisk);
        if (!recipient.Country.IsInEea && !isWarned)
        {
            return new Refusal(
                RefusalCode.ConsentOutOfBounds,
                "The person was not told what it means that this recipient is outside the EU and EEA.",
                "recipient");
        }

        return CheckSection(recipient with { IsSuspended = false }, grant.Category, consent.Permissions)
            .TryGet(out _, out var refusal)
            ? null
            : refusal.Within("recipient");
    }

    private static bool MayTellPolice(Permissions permissions) =>
        permissions.PoliceSharing is PermissionAnswer.Yes or PermissionAnswer.Limited;

    private static Refusal EmbassyForbidden() =>
        new(RefusalCode.EmbassyForbidden, "The person did not agree that their embassy or consulate is contacted.");

    private static Refusal MaySeeNoContent() =>
        new(RefusalCode.RecipientMaySeeNoContent, "A recipient of this kind may not see this.");
}
