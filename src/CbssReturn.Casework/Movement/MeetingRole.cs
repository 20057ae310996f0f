namespace CbssReturn.Casework.Movement;

/// <summary>Part of somebody who meets the person.</summary>
public enum MeetingRole
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Leads.</summary>
    Lead = 1,

    /// <summary>Takes the lead's place.</summary>
    Deputy = 2,

    /// <summary>Interprets.</summary>
    Interpreter = 3,

    /// <summary>Another part.</summary>
    Other = 4,
}
