using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>Moments of a checkpoint that its log cannot choose.</summary>
internal static class WitnessedMoment
{
    /// <summary>Finds since when enough witnesses have stood behind a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint; its cosignatures are verified.</param>
    /// <param name="policy">Who must have cosigned.</param>
    /// <param name="now">The moment; what witnesses date later counts as of now.</param>
    /// <returns>The moment; <paramref name="now"/> when no witness is asked for; null when there are not
    /// enough.</returns>
    public static DateTimeOffset? Of(VerifiedCheckpoint checkpoint, WitnessPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.IsMetBy([]))
        {
            return now;
        }

        return checkpoint.WitnessedAt(policy) is { } at ? at < now ? at : now : null;
    }

    /// <summary>Finds a moment at which the log surely was as large as a checkpoint that is seen for the first
    /// time.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="policy">Who must have cosigned.</param>
    /// <param name="now">When it is seen.</param>
    /// <returns>When it was witnessed; else <paramref name="now"/>.</returns>
    public static DateTimeOffset OfSeen(VerifiedCheckpoint checkpoint, WitnessPolicy policy, DateTimeOffset now) =>
        Of(checkpoint, policy, now) ?? now;
}
