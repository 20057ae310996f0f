namespace CbssReturn.Casework.Movement;

/// <summary>How the person and who meets them know each other. Never by the case alias.</summary>
public enum RecognitionKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>A phrase and its answer, both ways.</summary>
    MutualPhrase = 1,

    /// <summary>An object to show.</summary>
    TokenObject = 2,

    /// <summary>They met on video before.</summary>
    VideoIntroBefore = 3,

    /// <summary>One rings the other's phone.</summary>
    PhoneRing = 4,

    /// <summary>Another way.</summary>
    Other = 5,
}
