using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>A draft, and what its recipient would see.</summary>
/// <param name="ReferralId">Names it at this node only.</param>
/// <param name="Included">What the recipient will see.</param>
/// <param name="Withheld">What is in the case and stays here, with the rule that keeps it.</param>
public sealed record DraftedReferral(
    RowId ReferralId,
    IReadOnlyList<SectionChoice> Included,
    IReadOnlyList<(Category Category, RefusalCode Code)> Withheld);
