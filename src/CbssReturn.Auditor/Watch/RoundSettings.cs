using System.Security.Cryptography;

namespace CbssReturn.Auditor.Watch;

/// <summary>How much of what was audited is looked at again. Immutable.</summary>
internal sealed record RoundSettings
{
    /// <summary>Number of old bundles that are compared with the own copy in each round.</summary>
    public int BundlesAgain { get; init; } = 16;

    /// <summary>How often the whole log is hashed again.</summary>
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a file may be missing that a signed checkpoint promises.</summary>
    public TimeSpan MissingAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Draws a number from 0 to below another. Nobody may foresee which bundles are looked at.</summary>
    public Func<long, long> Draw { get; init; } = DrawNumber;

    private static long DrawNumber(long below)
    {
        // The remainder favours small numbers by less than one part in 2^60 for any log that fits a disk.
        var bytes = RandomNumberGenerator.GetBytes(sizeof(ulong));
        return (long)(BitConverter.ToUInt64(bytes) % (ulong)below);
    }
}
