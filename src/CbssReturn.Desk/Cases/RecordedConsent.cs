using CbssReturn.Casework.Consent;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Cases;

/// <summary>A consent just recorded.</summary>
/// <param name="CaseId">The case, new or known.</param>
/// <param name="Consent">The record.</param>
public sealed record RecordedConsent(RowId CaseId, ConsentRecord Consent);
