using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Documents;

/// <summary>The embassy rule. Forbidden unless the person said otherwise: a call to the wrong consulate can tell a
/// network where somebody is (docs/spec/casework.md, rules 6.1 to 6.3).</summary>
public sealed record EmbassyPolicy : Confidential
{
    /// <summary>Rule of <see cref="RiskReasonOther"/>.</summary>
    public static readonly TextRule ReasonText = new(SensitivityClass.LifeSafety, 120);

    /// <summary>Most limits.</summary>
    public const int LimitsMax = 5;

    /// <summary>The rule for who was not asked.</summary>
    public static EmbassyPolicy Forbidden { get; } = new() { Contact = EmbassyContact.Forbidden };

    /// <summary>The rule; <see cref="EmbassyContact.Unspecified"/> and any newer code count as forbidden.</summary>
    public EmbassyContact Contact { get; init; }

    /// <summary>Who may contact it, with <see cref="EmbassyContact.AllowedVia"/>; null otherwise.</summary>
    public StaffAlias? ViaAlias { get; init; }

    /// <summary>Within which limits, with <see cref="EmbassyContact.AllowedWithLimits"/>; empty otherwise.</summary>
    public ValueList<EmbassyLimit> Limits { get; init; } = [];

    /// <summary>After which day, with <see cref="EmbassyLimit.OnlyAfterDate"/>; null otherwise.</summary>
    public DateOnly? OnlyAfter { get; init; }

    /// <summary>Why it is dangerous; never required.</summary>
    public EmbassyRiskReason RiskReason { get; init; }

    /// <summary>The other reason, with <see cref="EmbassyRiskReason.Other"/> only.</summary>
    public FreeText? RiskReasonOther { get; init; }

    /// <summary>Whether anybody at all may contact the embassy.</summary>
    public bool IsContactAllowed => Contact is EmbassyContact.AllowedByPersonOnly or EmbassyContact.AllowedVia
        or EmbassyContact.AllowedWithLimits;

    /// <summary>Checks the rule against the person's own answer to the embassy question.</summary>
    /// <param name="answer">The switch of the consent.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.EmbassyForbidden"/> at <c>contact</c>.</returns>
    public Result<Done> CheckAgainst(PermissionAnswer answer) =>
        IsContactAllowed && answer is not (PermissionAnswer.Yes or PermissionAnswer.Limited)
            ? EmbassyForbidden("contact")
            : Done.Instance;

    internal Refusal? Validate() =>
        Check.OnlyWhen(Contact == EmbassyContact.AllowedVia, ViaAlias is not null, "via_alias")
        ?? Check.OnlyWhen(Contact == EmbassyContact.AllowedWithLimits, Limits.Count > 0, "limits")
        ?? Check.Count(Limits, 0, LimitsMax, "limits")
        ?? Check.AllTold(Limits, "limits")
        ?? Check.OnlyWhen(Limits.Contains(EmbassyLimit.OnlyAfterDate), OnlyAfter is not null, "only_after")
        ?? Check.OnlyWhen(RiskReason == EmbassyRiskReason.Other, RiskReasonOther is not null, "risk_reason_other")
        // A state from which somebody seeks asylum is never told where they are, whatever was ticked.
        ?? (RiskReason == EmbassyRiskReason.Asylum && IsContactAllowed ? EmbassyForbidden("contact") : null);

    internal static Refusal EmbassyForbidden(string field) =>
        new(RefusalCode.EmbassyForbidden, "The person's embassy must not be contacted.", field);
}
