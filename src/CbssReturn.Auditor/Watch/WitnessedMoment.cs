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
        ArgumentNullException.ThrowIfNull(policy);
        return policy.IsMetBy([]) ? now : OfQuorum(checkpoint, policy, now);
    }

    /// <summary>Finds since when a quorum has stood behind a checkpoint: one of them at least is honest, so the log was
    /// surely no larger then.</summary>
    /// <param name="checkpoint">The checkpoint; its cosignatures are verified.</param>
    /// <param name="policy">Who must have cosigned.</param>
    /// <param name="now">The moment; what witnesses date later counts as of now.</param>
    /// <returns>The moment; null when there are not enough, or none is asked for.</returns>
    public static DateTimeOffset? OfQuorum(VerifiedCheckpoint checkpoint, WitnessPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.WitnessedAt(policy) is { } at ? at < now ? at : now : null;
    }

    /// <summary>Finds the newest moment at which the log was no larger than a checkpoint that is seen for the first
    /// time.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="log">Who must have cosigned, and how old that may be: an older moment counts as none, else one
    /// witness of a quorum could stop the clock of a log.</param>
    /// <param name="before">When the checkpoint before it was first seen; null for none.</param>
    /// <param name="now">When this one is seen.</param>
    /// <returns>When it was witnessed; else the moment of the one before, because one that comes late may long have
    /// been outgrown; else <paramref name="now"/>.</returns>
    public static DateTimeOffset OfSeen(
        VerifiedCheckpoint checkpoint, WatchedLog log, DateTimeOffset? before, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(log);
        var at = OfQuorum(checkpoint, log.Policy, now);
        return at is { } fresh && now - fresh <= log.UnwitnessedAfter
            ? fresh
            : (at > before ? at : before ?? at) ?? now;
    }
}
