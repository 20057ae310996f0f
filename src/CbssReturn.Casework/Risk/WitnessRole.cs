namespace CbssReturn.Casework.Risk;

/// <summary>Who attests another's word.</summary>
public enum WitnessRole
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>A caseworker.</summary>
    Caseworker = 1,

    /// <summary>An interpreter.</summary>
    Interpreter = 2,

    /// <summary>A lawyer.</summary>
    Lawyer = 3,

    /// <summary>Somebody else.</summary>
    Other = 4,
}
