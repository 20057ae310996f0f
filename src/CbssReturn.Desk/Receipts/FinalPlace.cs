namespace CbssReturn.Desk.Receipts;

/// <summary>Where a recipient's log holds the entry about a packet.</summary>
/// <param name="Origin">Name of the log.</param>
/// <param name="Index">The entry, from 0.</param>
/// <param name="Size">Size of the tree that the checkpoint covers.</param>
/// <param name="CosignedAt">When a witness of the directory in force last cosigned the checkpoint, UTC; null when none
/// has.</param>
/// <param name="WitnessCount">How many witnesses of the directory in force have.</param>
public sealed record FinalPlace(
    string Origin, long Index, long Size, DateTimeOffset? CosignedAt, int WitnessCount);
