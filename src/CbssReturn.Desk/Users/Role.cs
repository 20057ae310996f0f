namespace CbssReturn.Desk.Users;

/// <summary>What a user may do; numbers are those of cbss/returns/desk/v1/desk_service.proto.</summary>
public enum Role : byte
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>Works on cases.</summary>
    Caseworker = 1,

    /// <summary>Works on cases and approves.</summary>
    Supervisor = 2,

    /// <summary>Runs return programmes; works on cases.</summary>
    ProgrammeOperator = 3,

    /// <summary>Focal point; answers enquiries, sees no case content.</summary>
    FocalPoint = 4,

    /// <summary>Reads the audit log.</summary>
    Auditor = 5,

    /// <summary>Runs the node; cannot open cases.</summary>
    NodeAdministrator = 6,

    /// <summary>Security officer; cannot open cases.</summary>
    SecurityOfficer = 7,
}
