using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>The person's own plan; the person holds a copy.</summary>
public sealed record SafetyPlan : Confidential
{
    /// <summary>Rule of each line of the lists.</summary>
    public static readonly TextRule LineText = new(SensitivityClass.LifeSafety, 80);

    /// <summary>Rule of <see cref="IfNotMet"/>.</summary>
    public static readonly TextRule IfNotMetText = new(SensitivityClass.LifeSafety, 500);

    /// <summary>Most lines in each list of texts.</summary>
    public const int LinesMax = 8;

    /// <summary>Most times to check in.</summary>
    public const int CheckInsMax = 16;

    /// <summary>Numbers to call.</summary>
    public ValueList<FreeText> EmergencyContacts { get; init; } = [];

    /// <summary>Agreed times to check in.</summary>
    public ValueList<LocalMoment> CheckIns { get; init; } = [];

    /// <summary>Code words.</summary>
    public ValueList<FreeText> CodeWords { get; init; } = [];

    /// <summary>What to do if nobody comes; null when not told.</summary>
    public FreeText? IfNotMet { get; init; }

    /// <summary>Whom never to call.</summary>
    public ValueList<FreeText> NeverCall { get; init; } = [];

    internal Refusal? Validate() =>
        Check.Count(EmergencyContacts, 0, LinesMax, "emergency_contacts")
        ?? Check.Count(CheckIns, 0, CheckInsMax, "check_ins")
        ?? Check.Count(CodeWords, 0, LinesMax, "code_words")
        ?? Check.Count(NeverCall, 0, LinesMax, "never_call");
}
