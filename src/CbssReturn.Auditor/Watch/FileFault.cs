using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>What is wrong with a file of a log.</summary>
/// <param name="Refusal">Why, with <see cref="RefusalCode.TileMissing"/>, <see cref="RefusalCode.TileMalformed"/> or
/// <see cref="RefusalCode.RootWrong"/>; its field is the path.</param>
/// <param name="Index">The entry that is meant; null when it is not known.</param>
/// <param name="Bundle">The bundle as the log showed it; null when there is none.</param>
internal sealed record FileFault(Refusal Refusal, long? Index = null, ReadOnlyMemory<byte>? Bundle = null)
{
    /// <summary>Whether a file is absent; that may be a matter of time.</summary>
    public bool IsMissing => Refusal.Code == RefusalCode.TileMissing;

    /// <summary>A bundle that is not there.</summary>
    public static FileFault Missing(BundleId id) => new(
        new Refusal(RefusalCode.TileMissing, $"The bundle {id.Path} is missing.", id.Path), id.FirstEntry);
}
