using CbssReturn.Casework.Consent;
using CbssReturn.Exchange.Records;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Cases;

/// <summary>A case as a use case holds it.</summary>
/// <param name="Id">The case.</param>
/// <param name="Version">Version that was read; 0 for a new one.</param>
/// <param name="File">What lies sealed.</param>
/// <param name="Consent">The newest consent; null before the first.</param>
internal sealed record OpenCase(RowId Id, long Version, CaseFile File, ConsentRecord? Consent);
