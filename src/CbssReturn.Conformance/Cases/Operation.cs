using CbssReturn.Outcomes;

namespace CbssReturn.Conformance.Cases;

/// <summary>One operation: its fields and what it does with them.</summary>
/// <param name="Name">Name in the field <c>op</c>.</param>
/// <param name="Fields">Fields beside <c>id</c> and <c>op</c>.</param>
/// <param name="Run">Answers, or refuses with a code; never throws whatever the bytes are.</param>
internal sealed record Operation(
    string Name, IReadOnlyList<Field> Fields, Func<CaseInput, Result<CaseOutput>> Run)
{
    /// <summary>For operations that differ by KEM: the value of the field <c>kem</c> that chooses this one.</summary>
    public string? Kem { get; init; }
}
