namespace CbssReturn.Casework.Common;

/// <summary>Who may get something, as the directory describes it.</summary>
/// <param name="Id">The node.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Country">Where it is.</param>
/// <param name="IsSuspended">Whether it is shut out for the time being.</param>
public sealed record Recipient(RecipientId Id, NodeKind Kind, CountryCode Country, bool IsSuspended);
