using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>Who decided for a person who lacks capacity.</summary>
/// <param name="Alias">Who.</param>
/// <param name="ConflictOfInterest">Whether the guardian is a suspect, or family involved in the trafficking; only
/// <see cref="YesNo.No"/> lets the consent count (docs/spec/casework.md, rule 2.5).</param>
public sealed record Guardian(StaffAlias Alias, YesNo ConflictOfInterest);
