using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>A consent as it is written down, before it is checked. <see cref="ConsentRecord"/> checks it.</summary>
public sealed record ConsentTerms : Confidential
{
    /// <summary>What the origin calls the person.</summary>
    public required CaseAlias SubjectAlias { get; init; }

    /// <summary>Who gave it.</summary>
    public ConsentGiver GivenBy { get; init; }

    /// <summary>Whether the person could decide.</summary>
    public Capacity Capacity { get; init; }

    /// <summary>Who decided for a person who lacks capacity; null otherwise.</summary>
    public Guardian? Guardian { get; init; }

    /// <summary>How it was given.</summary>
    public ConsentForm Form { get; init; }

    /// <summary>Language in which it was explained.</summary>
    public required LanguageTag Language { get; init; }

    /// <summary>Whether an interpreter was used.</summary>
    public bool InterpreterUsed { get; init; }

    /// <summary>The interpreter; null when none was used.</summary>
    public StaffAlias? InterpreterAlias { get; init; }

    /// <summary>Whether the interpreter is from outside the person's circle.</summary>
    public bool InterpreterIndependent { get; init; }

    /// <summary>What the person was told before.</summary>
    public ValueList<InformationItem> InformationGiven { get; init; } = [];

    /// <summary>How understanding was checked.</summary>
    public UnderstandingCheck UnderstandingCheck { get; init; }

    /// <summary>What may be shared.</summary>
    public ValueList<GrantTerms> Grants { get; init; } = [];

    /// <summary>What is kept from somebody.</summary>
    public ValueList<Withholding> Withheld { get; init; } = [];

    /// <summary>The four questions that are asked on their own.</summary>
    public Permissions Permissions { get; init; } = new();

    /// <summary>When it was given; kept to the second, in UTC.</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>The witness; null when there was none.</summary>
    public StaffAlias? WitnessAlias { get; init; }

    /// <summary>Digest of the scan or note, which stays at the origin; null for none.</summary>
    public EvidenceDigest? Evidence { get; init; }
}
