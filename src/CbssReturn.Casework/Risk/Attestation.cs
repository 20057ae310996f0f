using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>How somebody stood by their word before the node that recorded it, whose signature covers the
/// packet.</summary>
/// <param name="Form">How.</param>
/// <param name="WitnessRole">Who attests it; required with <see cref="ConsentForm.OralWitnessed"/>.</param>
/// <param name="Evidence">Digest of what proves it, kept where it was recorded; null for none.</param>
public sealed record Attestation(ConsentForm Form, WitnessRole WitnessRole, EvidenceDigest? Evidence)
{
    internal Refusal? Validate() =>
        Check.Required(Form, "form")
        ?? (Form == ConsentForm.OralWitnessed ? Check.Required(WitnessRole, "witness_role") : null);
}
