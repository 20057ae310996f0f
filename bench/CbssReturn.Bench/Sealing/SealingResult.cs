namespace CbssReturn.Bench.Sealing;

/// <summary>Medians of one payload size, in microseconds.</summary>
internal sealed record SealingResult(
    int PayloadSizeBytes, int WireSizeBytes, int Rounds, double Seal, double Open, double FloorSeal, double FloorOpen)
{
    public double Ratio => (Seal + Open) / (FloorSeal + FloorOpen);
}
