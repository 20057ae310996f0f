using System.Globalization;
using CbssReturn.Bench.Audit;
using CbssReturn.Bench.Delivery;
using CbssReturn.Bench.Sealing;

// dotnet run -c Release --project bench/CbssReturn.Bench -- sealing [rounds]
// dotnet run -c Release --project bench/CbssReturn.Bench -- delivery [packets] [KiB]
// dotnet run -c Release --project bench/CbssReturn.Bench -- audit-append [appends] [producers]
// dotnet run -c Release --project bench/CbssReturn.Bench -- audit-verify [entries audited] [entries proved from]
// dotnet run -c Release --project bench/CbssReturn.Bench -- audit-start [entries] [rounds]
// dotnet run -c Release --project bench/CbssReturn.Bench -- audit-delay [packets] [interval, ms]
// bench/audit-cost.sh [pairs] [packets a batch]
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

if (args is ["audit-start", ..])
{
    var rounds = args.Length > 2 ? sizes[0] : 7;
    var (before, after) = await new AuditStartBench(args.Length > 1 ? count : 1_000_000, rounds).RunAsync();
    Row($"| log | n | start to serving, median ms | least | most |");
    Row($"|---|---|---|---|---|");
    Row($"| a few entries | {rounds} | {Median(before):F0} | {before.Min():F0} | {before.Max():F0} |");
    Row($"| {(args.Length > 1 ? count : 1_000_000)} more | {rounds} | {Median(after):F0} | {after.Min():F0} "
        + $"| {after.Max():F0} |");
    return;
}

if (args is ["audit-delay", ..])
{
    var interval = args.Length > 2 ? sizes[0] : 5000;
    var delays = await new AuditDelayBench(interval, count).RunAsync();
    Row($"| interval ms | n | append to checkpoint, p50 ms | p99 | most |");
    Row($"|---|---|---|---|---|");
    Row($"| {interval} | {delays.Count} | {delays[delays.Count / 2]:F0} | {delays[(int)(delays.Count * 0.99)]:F0} "
        + $"| {delays[^1]:F0} |");
    return;
}

if (args is ["audit-cost", ..])
{
    var batch = args.Length > 2 ? sizes[0] : 1000;
    var bare = Environment.GetEnvironmentVariable("CBSS_BENCH_BARE_NODE")
        ?? throw new InvalidOperationException("Run bench/audit-cost.sh, which builds a node that logs nothing.");
    var times = await new AuditCostBench(bare, args.Length > 1 ? count : 20, batch).RunAsync();
    Row("| | pairs | packets a batch | with the log, median ms | without | median of ratios | quartiles |");
    Row("|---|---|---|---|---|---|---|");
    foreach (var (name, of) in ((string, Func<BatchCost, double>)[])
        [("elapsed", cost => cost.ElapsedMs), ("processor", cost => cost.ProcessorMs)])
    {
        var ratios = times.Select(time => of(time.With) / of(time.Without)).Order().ToList();
        Row($"| {name} | {times.Count} | {batch} | {Median(times.Select(time => of(time.With))):F0} "
            + $"| {Median(times.Select(time => of(time.Without))):F0} | {Median(ratios):F3} "
            + $"| {ratios[ratios.Count / 4]:F3} to {ratios[ratios.Count * 3 / 4]:F3} |");
    }

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

static double Median(IEnumerable<double> values)
{
    var ordered = values.Order().ToList();
    return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
}
