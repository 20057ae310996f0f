using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>The three ways in which a grant says no, the same at the origin and at the recipient
/// (docs/spec/casework.md, rule 2.14).</summary>
internal static class GrantDecision
{
    public static Refusal Missing { get; } = new(
        RefusalCode.GrantMissing, "The person did not agree that this recipient gets this section for this purpose.");

    public static Refusal? At(DateTimeOffset now, DateTimeOffset validFrom, DateTimeOffset expiresAt)
    {
        if (now < validFrom)
        {
            return new Refusal(RefusalCode.GrantNotYetValid, "The time for which the person agreed has not begun.");
        }

        return now >= expiresAt
            ? new Refusal(RefusalCode.GrantExpired, "The time for which the person agreed is over.")
            : null;
    }
}
