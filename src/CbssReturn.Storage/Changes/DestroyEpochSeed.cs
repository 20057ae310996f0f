namespace CbssReturn.Storage.Changes;

/// <summary>Overwrites the seed of a day; the public record stays. Conflict: the day has no seed.</summary>
/// <param name="Day">The day, in days since 1970-01-01 UTC.</param>
/// <param name="DestroyedAt">When, UTC.</param>
public sealed record DestroyEpochSeed(uint Day, DateTimeOffset DestroyedAt) : StoreChange;
