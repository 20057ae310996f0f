using System.Globalization;
using CbssReturn.Bench.Audit;
using CbssReturn.Bench.Delivery;
using CbssReturn.Bench.Sealing;

// dotnet run -c Release --project bench/CbssReturn.Bench -- sealing [rounds]
// dotnet run -c Release --project bench/CbssReturn.Bench -- delivery [packets] [KiB]
// dotnet run -c Release --project bench/CbssReturn.Bench -- audit-append [appends] [producers]
// dotnet run -c Release --project bench/CbssReturn.Bench -- audit-verify [entries audited] [entries proved from]
// The table goes to standard output, what happens meanwhile to standard error.
int[] sizes = args.Length > 2 ? [int.Parse(args[2], CultureInfo.InvariantCulture)] : [1, 16, 256];
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2000;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
void Row(string row) => Console.WriteLine(row);
if (args is ["audit-append", ..])
{
    Row("| n | producers | committed /s | integrated /s | commit p50 ms | p99 ms | processor µs | file + fsync /s "
        + "| SQLite alone /s |");
    Row($"|---|---|---|---|---|---|---|---|---|");
    var producers = args.Length > 2 ? sizes[0] : 512;
    var result = await new AppendBench(args.Length > 1 ? count : 200_000, producers).RunAsync();
    Row($"| {result.Appends} | {producers} | {result.Committed:F0} | {result.Integrated:F0} | {result.CommitMs50:F1} "
        + $"| {result.CommitMs99:F1} | {result.ProcessorUs:F0} | {result.FileFloor:F0} | {result.SqliteFloor:F0} |");
    return;
}

if (args is ["audit-verify", ..])
{
    await AuditVerifyBench.ReauditAsync(args.Length > 1 ? count : 1_000_000, Row);
    await AuditVerifyBench.ProveAsync(args.Length > 2 ? sizes[0] : 10_000_000, 10_000, Row);
    return;
}

if (args is ["delivery", ..])
{
    Row($"| payload KiB | envelope bytes | n | sealed and queued /s | through /s | delivered /s |");
    Row($"|---|---|---|---|---|---|");
    foreach (var kibibytes in sizes)
    {
        var packets = kibibytes > 16 ? count / 5 : count;
        var result = await new DeliveryBench(packets).RunAsync(kibibytes * 1024);
        Row($"| {kibibytes} | {result.WireSizeBytes} | {result.Packets} | {result.Queued:F0} | {result.Through:F0} "
            + $"| {result.Delivered:F0} |");
    }

    return;
}

Row($"| payload KiB | envelope bytes | n | seal µs | open µs | floor seal µs | floor open µs | ratio |");
Row($"|---|---|---|---|---|---|---|---|");
foreach (var kibibytes in sizes)
{
    var result = new SealingBench(count).Run(kibibytes * 1024);
    Row($"| {kibibytes} | {result.WireSizeBytes} | {result.Rounds} | {result.Seal:F0} | {result.Open:F0} "
        + $"| {result.FloorSeal:F0} | {result.FloorOpen:F0} | {result.Ratio:F2} |");
}
