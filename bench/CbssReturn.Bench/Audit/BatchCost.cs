namespace CbssReturn.Bench.Audit;

/// <summary>What a batch of packets took.</summary>
/// <param name="ElapsedMs">From the first call until the last receipt, milliseconds.</param>
/// <param name="ProcessorMs">Processor time of sender and receiver, milliseconds.</param>
internal sealed record BatchCost(double ElapsedMs, double ProcessorMs);
