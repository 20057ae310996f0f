using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>What came of asking a witness.</summary>
/// <param name="Cosignatures">Lines that it gave, unchecked.</param>
/// <param name="IsContradicted">Whether it has cosigned another history of the log.</param>
internal sealed record WitnessOutcome(IReadOnlyList<NoteSignature> Cosignatures, bool IsContradicted)
{
    /// <summary>It did not answer, or what it holds is ahead.</summary>
    public static WitnessOutcome NotAsked { get; } = new([], false);

    /// <summary>It has cosigned another history.</summary>
    public static WitnessOutcome Contradicted { get; } = new([], true);
}
