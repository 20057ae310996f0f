using System.Text.Json;
using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests.Crafted;

/// <summary>Answers a case of the crafted vectors.</summary>
internal static class CraftedAnswer
{
    /// <summary>Null when it is accepted, else the code of the refusal.</summary>
    public static string? CodeOf(JsonElement test) => test.Text("op") switch
    {
        "note" => CodeOf(Note(test)),
        "checkpoint" => CodeOf(Keys(test, "witness_vkeys", NoteKeyType.CosignatureV1).Then(witnesses =>
            CheckpointReader.Read(Bytes(test), LogOf(test), witnesses, test.Number("threshold")))),
        "tlogproof" => CodeOf(Keys(test, "witness_vkeys", NoteKeyType.CosignatureV1).Then(witnesses =>
            TlogProof.Parse(Bytes(test)).Then(proof => proof.Verify(
                test.GetProperty("leaf_b64").GetBytesFromBase64(),
                LogOf(test),
                witnesses,
                test.Number("threshold"))))),
        "addcheckpoint" => CodeOf(AddCheckpointRequest.Parse(Bytes(test)).Then(request => Decide(test, request))),
        "entry.parse" => CodeOf(Entry(test)),
        var op => throw new InvalidOperationException($"There is no operation {op}."),
    };

    private static string? CodeOf<T>(Result<T> result)
        where T : notnull => result.TryGet(out _, out var refusal) ? null : refusal.CodeText;

    private static Result<Done> Note(JsonElement test) => Keys(test, "vkeys", null).Then(keys =>
        SignedNote.Parse(Bytes(test)).Then(note => note.Open(keys)).Then<Done>(opened =>
            opened.Signatures.Count >= test.Number("threshold")
                ? Done.Instance
                : new Refusal(RefusalCode.QuorumMissing, "Too few have signed.")));

    private static Result<Done> Decide(JsonElement test, AddCheckpointRequest request)
    {
        var stored = test.Number("old_size") == 0
            ? null
            : new WitnessedHead(test.Long("old_size"), test.Hash("old_root"));
        var answer = WitnessDecision.Decide(request, [LogOf(test)], stored);
        return answer.Refusal is { } refusal ? refusal : Done.Instance;
    }

    private static Result<Done> Entry(JsonElement test)
    {
        var bytes = test.Hex("entry");
        return LogEntry.Parse(bytes).Then<Done>(entry =>
        {
            Assert.Equal(bytes, entry.ToBytes());
            return Done.Instance;
        });
    }

    private static Result<VerifierKey[]> Keys(JsonElement test, string field, NoteKeyType? type)
    {
        var keys = new List<VerifierKey>();
        foreach (var vkey in test.GetProperty(field).EnumerateArray())
        {
            if (!VerifierKey.Parse(vkey.GetString()!).TryGet(out var key, out var refusal))
            {
                return refusal;
            }

            if (type is not null && key.Type != type)
            {
                return new Refusal(RefusalCode.KeyMalformed, "The key is of another type.");
            }

            keys.Add(key);
        }

        return keys.ToArray();
    }

    private static VerifierKey LogOf(JsonElement test) => NoteVectors.KeyOf(test.Text("log_vkey"));

    private static byte[] Bytes(JsonElement test) => NoteVectors.Bytes(test.Text("text"));
}
