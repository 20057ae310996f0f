namespace CbssReturn.Casework.Common;

/// <summary>What a node is.</summary>
public enum NodeKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Shelter, counselling or reception centre.</summary>
    Provider = 1,

    /// <summary>Runs return programmes.</summary>
    ReturnProgrammeOperator = 2,

    /// <summary>National focal point; sees no case content.</summary>
    FocalPoint = 3,

    /// <summary>Police liaison.</summary>
    LawEnforcement = 4,

    /// <summary>Consulate or embassy desk.</summary>
    Consulate = 5,

    /// <summary>Immigration authority.</summary>
    Immigration = 6,

    /// <summary>Health worker.</summary>
    Health = 7,
}
