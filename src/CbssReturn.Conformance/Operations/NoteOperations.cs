using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>note</c>, <c>checkpoint</c>, <c>tlogproof</c> and <c>addcheckpoint</c>.</summary>
internal static class NoteOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new("note", [Field.Text("text"), Field.TextList("vkeys"), Field.Number("threshold")], Note),
        new(
            "checkpoint",
            [
                Field.Text("text"), Field.Text("log_vkey"), Field.TextList("witness_vkeys"), Field.Number("threshold"),
            ],
            ReadCheckpoint),
        new(
            "tlogproof",
            [
                Field.Text("text"), Field.Base64("leaf_b64"), Field.Text("log_vkey"), Field.TextList("witness_vkeys"),
                Field.Number("threshold"),
            ],
            Prove),
        new(
            "addcheckpoint",
            [Field.Text("text"), Field.Text("log_vkey"), Field.Number("old_size"), Field.Base64("old_root")],
            AddCheckpoint),
    ];

    private static Result<CaseOutput> Note(CaseInput input) => Keys(input, "vkeys", null).Then(keys =>
        SignedNote.Parse(TextOf(input)).Then(note => note.Open(keys)).Then<CaseOutput>(opened =>
        {
            var count = opened.Signatures.DistinctBy(signature => signature.Key.Key.Kid).Count();
            return count >= Threshold(input)
                ? new CaseOutput().Number("signatures", count)
                : new Refusal(RefusalCode.QuorumMissing, "Fewer of the keys have signed the note.", "threshold");
        }));

    private static Result<CaseOutput> ReadCheckpoint(CaseInput input) => Read(input, (log, witnesses) =>
        CheckpointReader.Read(TextOf(input), log, witnesses, Threshold(input)).Then<CaseOutput>(verified =>
            new CaseOutput()
                .Text("origin", verified.Checkpoint.Origin)
                .Number("size", verified.Checkpoint.Size)
                .Base64("root", verified.Checkpoint.Root.ToArray())
                .Number("cosignatures", verified.Cosignatures.Count)));

    private static Result<CaseOutput> Prove(CaseInput input) => Read(input, (log, witnesses) =>
        TlogProof.Parse(TextOf(input)).Then(proof => proof
            .Verify(input.Bytes("leaf_b64"), log, witnesses, Threshold(input))
            .Then<CaseOutput>(verified => new CaseOutput()
                .Number("index", proof.Index)
                .Number("size", verified.Checkpoint.Size))));

    private static Result<CaseOutput> AddCheckpoint(CaseInput input)
    {
        var root = input.Bytes("old_root");
        var size = input.Number("old_size");
        if (root.Length != Digest.SizeBytes || size > long.MaxValue)
        {
            return new Refusal(RefusalCode.FieldMalformed, "A root has 32 bytes and a size is below 2^63.", "old_root");
        }

        var stored = size == 0 ? null : new WitnessedHead((long)size, Digest.FromBytes(root));
        return Key(input.Text("log_vkey"), NoteKeyType.Ed25519).Then(log =>
            AddCheckpointRequest.Parse(TextOf(input)).Then<CaseOutput>(request =>
            {
                var answer = WitnessDecision.Decide(request, [log], stored);
                return answer.Next is { } next
                    ? new CaseOutput().Number("size", next.Size).Base64("root", next.Root.ToArray())
                    : answer.Refusal!; // an answer without a next head is a refusal
            }));
    }

    private static Result<CaseOutput> Read(
        CaseInput input, Func<VerifierKey, VerifierKey[], Result<CaseOutput>> read) =>
        Key(input.Text("log_vkey"), NoteKeyType.Ed25519).Then(log =>
            Keys(input, "witness_vkeys", NoteKeyType.CosignatureV1).Then(witnesses => read(log, witnesses)));

    private static Result<VerifierKey[]> Keys(CaseInput input, string field, NoteKeyType? type)
    {
        var keys = new List<VerifierKey>();
        foreach (var text in input.Texts(field))
        {
            if (!Key(text, type).TryGet(out var key, out var refusal))
            {
                return refusal;
            }

            keys.Add(key);
        }

        return keys.ToArray();
    }

    private static Result<VerifierKey> Key(string text, NoteKeyType? type) =>
        VerifierKey.Parse(text).Then<VerifierKey>(key => type is null || key.Type == type
            ? key
            : new Refusal(RefusalCode.KeyMalformed, "The key is of another type than is asked for here.", "vkey"));

    // Any text that was read from JSON is whole characters, so encoding it loses nothing.
    private static byte[] TextOf(CaseInput input) => Encoding.UTF8.GetBytes(input.Text("text"));

    private static int Threshold(CaseInput input) => (int)Math.Min(input.Number("threshold"), int.MaxValue);
}
