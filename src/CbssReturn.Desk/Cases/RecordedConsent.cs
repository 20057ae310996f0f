using CbssReturn.Casework.Consent;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Cases;

/// <summary>A consent just recorded.</summary>
/// <param name="CaseId">The case, new or known.</param>
/// <param name="Consent">The record.</param>
/// <param name="LeftCount">How many packets that it no longer covers may have left already: they are not tried again,
/// but cannot be called back, so somebody should telephone.</param>
public sealed record RecordedConsent(RowId CaseId, ConsentRecord Consent, int LeftCount);
