using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Identity;

/// <summary>One language that the person speaks.</summary>
public sealed record LanguageSkill : Confidential
{
    /// <summary>Which.</summary>
    public required LanguageTag Language { get; init; }

    /// <summary>How well.</summary>
    public LanguageLevel Level { get; init; }

    /// <summary>Whether an interpreter is needed in it.</summary>
    public bool NeedsInterpreter { get; init; }
}
