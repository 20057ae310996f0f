using System.Globalization;
using System.Security.Cryptography;

namespace CbssReturn.AuditLog.Tests.Mutants;

/// <summary>Mistakes that a verifier could make, each of which somebody could use.</summary>
internal static partial class MutantList
{
    // All of them take minutes, so a change is tried against a handful.
    private const int Handful = 3;

    public static IReadOnlyList<Mutant> All { get; } = [.. Tree, .. Entries, .. Notes, .. Witness];

    /// <summary>Which handful is tried; CBSS_MUTANTS_SEED repeats one.</summary>
    public static int Seed { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("CBSS_MUTANTS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var seed)
            ? seed
            : BitConverter.ToUInt16(RandomNumberGenerator.GetBytes(sizeof(ushort)));

    /// <summary>All with CBSS_MUTANTS=all, as eng/mutants.sh and <c>./test.sh</c> set it; else a handful.
    /// </summary>
    public static IReadOnlyList<Mutant> Tried => Environment.GetEnvironmentVariable("CBSS_MUTANTS") == "all"
        ? All
        : [.. All.Select((mutant, place) => (mutant, Rank: RankOf(place))).OrderBy(pair => pair.Rank)
            .Take(Handful).Select(pair => pair.mutant)];

    private static ulong RankOf(int place) =>
        BitConverter.ToUInt64(SHA256.HashData(BitConverter.GetBytes(((long)Seed << 32) | (uint)place)));
}
