namespace CbssReturn.Casework.Identity;

/// <summary>Who identified the person, or verified a paper.</summary>
public enum IdentifyingBody
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Police.</summary>
    Police = 1,

    /// <summary>Border guard.</summary>
    BorderGuard = 2,

    /// <summary>Prosecutor.</summary>
    Prosecutor = 3,

    /// <summary>Immigration authority.</summary>
    Immigration = 4,

    /// <summary>Identification commission.</summary>
    Commission = 5,

    /// <summary>Civil-society organisation.</summary>
    Ngo = 6,

    /// <summary>Labour inspectorate.</summary>
    LabourInspectorate = 7,

    /// <summary>The person.</summary>
    Self = 8,

    /// <summary>Somebody else.</summary>
    Other = 9,
}
