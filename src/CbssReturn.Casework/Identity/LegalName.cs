using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Identity;

/// <summary>One name in papers; at least one of the two forms.</summary>
public sealed record LegalName : Confidential
{
    /// <summary>Rule of both forms.</summary>
    public static readonly TextRule Text = new(SensitivityClass.Personal, 100);

    /// <summary>In its own script; null when not told.</summary>
    public FreeText? OriginalScript { get; init; }

    /// <summary>In Latin letters; null when not told.</summary>
    public FreeText? Latin { get; init; }
}
