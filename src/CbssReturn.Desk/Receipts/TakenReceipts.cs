namespace CbssReturn.Desk.Receipts;

/// <summary>What came of final receipts that a peer gave.</summary>
/// <param name="Kept">How many are proven and kept now.</param>
/// <param name="Wrong">How many were not true; none of them is kept.</param>
public sealed record TakenReceipts(int Kept, int Wrong);
