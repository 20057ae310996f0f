using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Users;

/// <summary>Who asks: a user whose token was checked.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Role">What the user may do.</param>
public sealed record Actor(RowId UserId, Role Role)
{
    /// <summary>Asks whether the user may record, send and open case content.</summary>
    /// <returns>Nothing, or <see cref="RefusalCode.RoleMayNot"/>.</returns>
    public Refusal? RefuseCasework() =>
        Role is Role.Caseworker or Role.Supervisor or Role.ProgrammeOperator ? null : May("work on cases");

    /// <summary>Asks whether the user may see and answer what holds no case content: enquiries and coded
    /// answers.</summary>
    /// <returns>Nothing, or <see cref="RefusalCode.RoleMayNot"/>.</returns>
    public Refusal? RefuseCorrespondence() =>
        Role is Role.Caseworker or Role.Supervisor or Role.ProgrammeOperator or Role.FocalPoint
            ? null
            : May("see referrals");

    /// <summary>Asks whether the user may add and remove users.</summary>
    /// <returns>Nothing, or <see cref="RefusalCode.RoleMayNot"/>.</returns>
    public Refusal? RefuseAdministration() => Role is Role.NodeAdministrator ? null : May("change users");

    /// <summary>Asks whether the user may look into the audit log.</summary>
    /// <returns>Nothing, or <see cref="RefusalCode.RoleMayNot"/>.</returns>
    public Refusal? RefuseAuditReading() =>
        Role is Role.Auditor or Role.FocalPoint or Role.NodeAdministrator ? null : May("look into the audit log");

    private static Refusal May(string what) => new(RefusalCode.RoleMayNot, $"Your role may not {what}.");
}
