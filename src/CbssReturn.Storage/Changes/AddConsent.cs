using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Adds a consent, or its next version; earlier ones stay as they are. Conflict: the version is not one more
/// than the newest stored one, or the consent belongs to another case.</summary>
/// <param name="Row">The version. Its case is stored or comes earlier in the transaction.</param>
public sealed record AddConsent(ConsentRow Row) : StoreChange;
