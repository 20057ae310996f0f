using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>How the person and who meets them know each other. Serves once, works both ways, and is never the case
/// alias (docs/spec/casework.md, rule 7.5). No photograph.</summary>
public sealed record Recognition : Confidential
{
    /// <summary>Rule of both texts.</summary>
    public static readonly TextRule Text = new(SensitivityClass.LifeSafety, 120);

    /// <summary>Way.</summary>
    public RecognitionKind Kind { get; init; }

    /// <summary>What one says or shows.</summary>
    public FreeText? Challenge { get; init; }

    /// <summary>What the other answers.</summary>
    public FreeText? Response { get; init; }

    /// <summary>Checks that it does not give away, and is not given away by, what the two organisations write on every
    /// packet.</summary>
    /// <param name="alias">What the two organisations call the person.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.ValueTwice"/>.</returns>
    public Result<Done> CheckAgainst(CaseAlias alias)
    {
        ArgumentNullException.ThrowIfNull(alias);
        var text = alias.ToString();
        return Holds(Challenge, text) || Holds(Response, text)
            ? new Refusal(RefusalCode.ValueTwice, "The case alias must not serve for recognition.", "challenge")
            : Done.Instance;
    }

    internal Refusal? Validate()
    {
        var needsChallenge = Kind is RecognitionKind.MutualPhrase or RecognitionKind.TokenObject
            or RecognitionKind.Other;
        return Check.Required(Kind, "kind")
            ?? (needsChallenge && Challenge is null ? Check.Missing("challenge") : null)
            ?? (Kind == RecognitionKind.MutualPhrase && Response is null ? Check.Missing("response") : null)
            ?? (Response is not null && Response == Challenge ? Check.Twice("response") : null);
    }

    private static bool Holds(FreeText? text, string alias) =>
        text?.Content.Contains(alias, StringComparison.OrdinalIgnoreCase) == true;
}
