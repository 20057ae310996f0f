using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Two people who answer for something: if the lead is away, the deputy is not.</summary>
/// <param name="Lead">Who leads.</param>
/// <param name="Deputy">Who takes the lead's place; somebody else.</param>
public sealed record StaffPair(StaffAlias Lead, StaffAlias Deputy)
{
    internal Refusal? Validate() => Lead == Deputy
        ? new Refusal(RefusalCode.LeadWithoutDeputy, "The deputy must be somebody else.", "deputy_alias")
        : null;
}
