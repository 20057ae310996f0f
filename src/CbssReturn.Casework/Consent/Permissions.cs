using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>Answers to the four questions that are always asked on their own and never follow from a grant
/// (docs/spec/casework.md, rule 2.12). <c>Unspecified</c> is never read as a yes.</summary>
public sealed record Permissions
{
    /// <summary>May the person's embassy or consulate be contacted?</summary>
    public PermissionAnswer EmbassyContact { get; init; }

    /// <summary>May the police learn of it?</summary>
    public PermissionAnswer PoliceSharing { get; init; }

    /// <summary>May the family be contacted?</summary>
    public PermissionAnswer FamilyContact { get; init; }

    /// <summary>May the person be counted?</summary>
    public PermissionAnswer Statistics { get; init; }

    internal Refusal? Validate() =>
        Check.KnownOrUnset(EmbassyContact, "embassy_contact")
        ?? Check.KnownOrUnset(PoliceSharing, "police_sharing")
        ?? Check.KnownOrUnset(FamilyContact, "family_contact")
        ?? Check.KnownOrUnset(Statistics, "statistics");
}
