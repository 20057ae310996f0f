using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Stores one of the node's own daily envelope keys, in place of one whose seed is destroyed. Conflict: the
/// day has one that is held.</summary>
/// <param name="Row">The key with its seed.</param>
public sealed record PutEpochSeed(EpochSeedRow Row) : StoreChange;
