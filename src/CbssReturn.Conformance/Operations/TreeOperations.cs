using CbssReturn.AuditLog;
using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>inclusion</c> and <c>consistency</c>.</summary>
internal static class TreeOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new(
            "inclusion",
            [
                Field.Integer("leaf_index"), Field.Integer("tree_size"), Field.Base64("leaf_hash"),
                Field.Base64("root"), new Field("proof", FieldKind.Base64List),
            ],
            VerifyInclusion),
        new(
            "consistency",
            [
                Field.Integer("old_size"), Field.Integer("new_size"), Field.Base64("old_root"),
                Field.Base64("new_root"), new Field("proof", FieldKind.Base64List),
            ],
            VerifyConsistency),
    ];

    private static Result<CaseOutput> VerifyInclusion(CaseInput input) =>
        ReadHashes(input, "leaf_hash", "root").Then(hashes => InclusionProof.Verify(
                input.Integer("leaf_index"), input.Integer("tree_size"), hashes[0], hashes[2..], hashes[1]))
            .Then<CaseOutput>(_ => CaseOutput.Nothing);

    private static Result<CaseOutput> VerifyConsistency(CaseInput input) =>
        ReadHashes(input, "old_root", "new_root").Then(hashes => ConsistencyProof.Verify(
                input.Integer("old_size"), input.Integer("new_size"), hashes[0], hashes[1], hashes[2..]))
            .Then<CaseOutput>(_ => CaseOutput.Nothing);

    /// <summary>Reads two hashes and those of the proof.</summary>
    private static Result<Digest[]> ReadHashes(CaseInput input, string first, string second)
    {
        byte[][] hashes = [input.Bytes(first), input.Bytes(second), .. input.List("proof")];
        return hashes.All(hash => hash.Length == Digest.SizeBytes)
            ? hashes.Select(hash => Digest.FromBytes(hash)).ToArray()
            : new Refusal(RefusalCode.ProofMalformed, $"A hash has {Digest.SizeBytes} bytes.");
    }
}
