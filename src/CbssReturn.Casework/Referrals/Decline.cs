using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Why a provider does not help, and what else (docs/spec/casework.md, rule 10.5). A decline is the
/// provider's; a refusal is the software's.</summary>
public sealed record Decline
{
    /// <summary>Most alternatives.</summary>
    public const int AlternativesMax = 8;

    /// <summary>Most categories that can be missing.</summary>
    public const int MissingMax = 16;

    private Decline(
        DeclineCode code,
        ValueList<RecipientId> alternatives,
        DateTimeOffset? reconsiderOn,
        bool withholdReasonFromPerson,
        ValueList<Category> missing)
    {
        (Code, Alternatives, ReconsiderOn) = (code, alternatives, reconsiderOn);
        (WithholdReasonFromPerson, Missing) = (withholdReasonFromPerson, missing);
    }

    /// <summary>The reason.</summary>
    public DeclineCode Code { get; }

    /// <summary>Nodes that may be able to, at most 8; empty for "none known".</summary>
    public ValueList<RecipientId> Alternatives { get; }

    /// <summary>When to ask again, in UTC, to the second; null for never.</summary>
    public DateTimeOffset? ReconsiderOn { get; }

    /// <summary>Whether the sender must keep the reason from the person; told unless this says otherwise.</summary>
    public bool WithholdReasonFromPerson { get; }

    /// <summary>What is missing to decide, with <see cref="DeclineCode.IncompleteInformation"/>.</summary>
    public ValueList<Category> Missing { get; }

    /// <summary>Makes a decline.</summary>
    /// <returns>The decline, or a refusal: <see cref="RefusalCode.DeclineCodeMissing"/>, or one about the form of a
    /// field.</returns>
    public static Result<Decline> Create(
        DeclineCode code,
        ValueList<RecipientId> alternatives,
        DateTimeOffset? reconsiderOn,
        bool withholdReasonFromPerson,
        ValueList<Category> missing)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        ArgumentNullException.ThrowIfNull(missing);
        var refusal = (code == DeclineCode.Unspecified ? CodeMissing("code") : null)
            ?? Check.Known(code, "code")
            ?? CheckAlternatives(alternatives)
            ?? (code == DeclineCode.WaitingList && reconsiderOn is null ? Check.Missing("reconsider_on") : null)
            ?? Check.OnlyWhen(code == DeclineCode.IncompleteInformation, missing.Count > 0, "missing")
            ?? Check.Count(missing, 0, MissingMax, "missing")
            ?? Check.AllKnown(missing, "missing");
        return refusal is null
            ? new Decline(code, alternatives, Moments.ToSeconds(reconsiderOn), withholdReasonFromPerson, missing)
            : refusal;
    }

    internal static Refusal CodeMissing(string field) =>
        new(RefusalCode.DeclineCodeMissing, "Say why not, with a code.", field);

    internal static Refusal? CheckAlternatives(ValueList<RecipientId> alternatives) =>
        Check.Count(alternatives, 0, AlternativesMax, "alternatives")
        ?? Check.Unique(alternatives, "alternatives");
}
