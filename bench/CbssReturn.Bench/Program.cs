using System.Globalization;
using CbssReturn.Bench.Sealing;

// dotnet run -c Release --project bench/CbssReturn.Bench -- sealing [rounds]
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2000;
var bench = new SealingBench(rounds);
Console.WriteLine("| payload KiB | envelope bytes | n | seal µs | open µs | floor seal µs | floor open µs | ratio |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var kibibytes in new[] { 1, 16, 256 })
{
    var result = bench.Run(kibibytes * 1024);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {kibibytes} | {result.WireSizeBytes} | {result.Rounds} | {result.Seal:F0} | {result.Open:F0} "
        + $"| {result.FloorSeal:F0} | {result.FloorOpen:F0} | {result.Ratio:F2} |"));
}
