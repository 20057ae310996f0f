namespace CbssReturn.Casework.Risk;

/// <summary>What became of a dissent.</summary>
public enum DissentResolution
{
    /// <summary>Open; travel waits.</summary>
    Unspecified = 0,

    /// <summary>The authors agreed.</summary>
    Agreed = 1,

    /// <summary>New facts settled it.</summary>
    NewFacts = 2,

    /// <summary>Its author took it back.</summary>
    TakenBack = 3,
}
