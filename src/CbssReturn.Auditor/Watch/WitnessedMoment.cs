using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>Since when enough witnesses have stood behind a checkpoint.</summary>
internal static class WitnessedMoment
{
    /// <summary>Finds the latest moment from which on the cosignatures that are not older meet a policy.</summary>
    /// <param name="checkpoint">The checkpoint; its cosignatures are verified.</param>
    /// <param name="policy">Who must have cosigned.</param>
    /// <param name="now">The moment; what a witness dates later counts as of now.</param>
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

        List<VerifierKey> cosigners = [];
        foreach (var cosignature in checkpoint.Cosignatures.OrderByDescending(cosignature => cosignature.At))
        {
            cosigners.Add(cosignature.Key);
            if (policy.IsMetBy(cosigners))
            {
                return cosignature.At < now ? cosignature.At : now;
            }
        }

        return null;
    }
}
