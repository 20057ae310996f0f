namespace CbssReturn.Casework.Identity;

/// <summary>How well somebody speaks a language.</summary>
public enum LanguageLevel
{
    /// <summary>Not asked.</summary>
    Unspecified = 0,

    /// <summary>First language.</summary>
    Native = 1,

    /// <summary>Fluent.</summary>
    Fluent = 2,

    /// <summary>Enough for daily needs.</summary>
    Basic = 3,
}
