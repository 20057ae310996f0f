using System.Diagnostics;
using CbssReturn.AuditLog;

namespace CbssReturn.Bench.Audit;

/// <summary>Measures a full re-audit, and inclusion proofs of a large log.</summary>
internal static class AuditVerifyBench
{
    private const int Rounds = 5;
    private const int Seed = 20_261_124;

    /// <summary>Audits a log in memory on one thread, several times.</summary>
    /// <param name="size">Number of entries of 149 bytes.</param>
    /// <param name="row">Takes the rows of the table.</param>
    public static async Task ReauditAsync(int size, Action<string> row)
    {
        var log = new MemoryLog(size);
        row("| entries | round | seconds | entries /s | entries /s of processor time | bytes allocated per entry |");
        row("|---|---|---|---|---|---|");
        for (var round = 0; round <= Rounds; round++)
        {
            var audit = new TreeAudit(log, RightEdge.Empty());
            var (allocated, processor) = (GC.GetTotalAllocatedBytes(true), ProcessorTime());
            var started = Stopwatch.GetTimestamp();

            var fault = await audit.AdvanceAsync(size, log.Root, null, default);

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var processorSeconds = (ProcessorTime() - processor).TotalSeconds;
            allocated = GC.GetTotalAllocatedBytes(true) - allocated;
            if (fault is not null)
            {
                throw new InvalidOperationException($"The audit of an honest log found {fault}.");
            }

            // The first round compiles.
            if (round > 0)
            {
                row($"| {size} | {round} | {seconds:F2} | {size / seconds:F0} | {size / processorSeconds:F0} "
                    + $"| {(double)allocated / size:F0} |");
            }
        }
    }

    /// <summary>Builds proofs of entries all over a log on disk, with the upper tiles in memory, and verifies each.
    /// </summary>
    /// <param name="size">Number of entries.</param>
    /// <param name="count">Number of proofs.</param>
    /// <param name="row">Takes the rows of the table.</param>
    public static async Task ProveAsync(int size, int count, Action<string> row)
    {
        using var folder = new TileFolder(size);
        var before = GC.GetTotalMemory(true);
        var builder = new ProofBuilder(folder);
        var places = new Random(Seed);
        var micros = new double[count];
        for (var i = -count / 10; i < count; i++)
        {
            var index = places.NextInt64(size);
            var started = Stopwatch.GetTimestamp();

            var proof = (await builder.BuildInclusionAsync(index, size, default)).Value;

            // The first tenth compiles and reads the tiles that are kept.
            micros[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (!InclusionProof.Verify(index, size, TileFolder.LeafOf(index), proof, folder.Root).IsOk)
            {
                throw new InvalidOperationException($"The proof of {index} is wrong.");
            }
        }

        var kept = GC.GetTotalMemory(true) - before - (sizeof(double) * count);
        GC.KeepAlive(builder);
        Array.Sort(micros);
        row("| entries | proofs | seed | p50 µs | p99 µs | largest µs | tiles kept, bytes | memory kept, bytes |");
        row("|---|---|---|---|---|---|---|---|");
        row($"| {size} | {count} | {Seed} | {micros[count / 2]:F0} | {micros[count * 99 / 100]:F0} | {micros[^1]:F0} "
            + $"| {builder.SizeBytes} | {kept} |");
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
