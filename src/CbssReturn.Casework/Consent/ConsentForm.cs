namespace CbssReturn.Casework.Consent;

/// <summary>How a consent was given, or how a word was attested. Implicit consent does not exist here.</summary>
public enum ConsentForm
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Signed on paper.</summary>
    SignedPaper = 1,

    /// <summary>Signed electronically.</summary>
    SignedElectronic = 2,

    /// <summary>Said aloud before a witness.</summary>
    OralWitnessed = 3,

    /// <summary>Said aloud and noted down by the one who heard it.</summary>
    OralRecordedNote = 4,
}
