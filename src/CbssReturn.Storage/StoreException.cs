using CbssReturn.Outcomes;

namespace CbssReturn.Storage;

/// <summary>The store cannot do its work now: the disk is full, damaged or gone, or the store is closing.</summary>
/// <remarks>
/// Not an answer about a row, so it is an exception: callers need not expect it at every call, the host turns
/// <see cref="Refusal"/> into its own words in one place. When <see cref="IsOutcomeUnknown"/> is set, a commit may have
/// been kept: repeat it, and a conflict or the stored row tells. Otherwise nothing was kept.
/// </remarks>
public sealed class StoreException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="refusal">The code and the words for it.</param>
    /// <param name="isOutcomeUnknown">Whether the commit may have been kept all the same.</param>
    /// <param name="cause">The driver's exception; null for none.</param>
    public StoreException(Refusal refusal, bool isOutcomeUnknown = false, Exception? cause = null)
        : base(refusal?.Message, cause)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        (Refusal, IsOutcomeUnknown) = (refusal, isOutcomeUnknown);
    }

    /// <summary>What to tell: <see cref="RefusalCode.DiskFull"/>, <see cref="RefusalCode.DatabaseCorrupt"/> or
    /// <see cref="RefusalCode.StoreUnavailable"/>.</summary>
    public Refusal Refusal { get; }

    /// <summary>Whether the commit may have been kept all the same.</summary>
    public bool IsOutcomeUnknown { get; }
}
