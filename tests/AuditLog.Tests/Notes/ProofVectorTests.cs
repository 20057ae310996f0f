using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests.Notes;

/// <summary>Every tlog-proof and add-checkpoint request of the vectors is answered as they say.</summary>
public sealed class ProofVectorTests
{
    [Fact]
    public void Verify_EveryProof_IsAnsweredAsExpected()
    {
        var count = 0;
        foreach (var test in NoteVectors.Cases("tlogproof"))
        {
            count++;
            var result = TlogProof.Parse(NoteVectors.Bytes(test.Text("text"))).Then(proof => proof.Verify(
                test.GetProperty("leaf_b64").GetBytesFromBase64(),
                NoteVectors.KeyOf(test.Text("log_vkey")),
                test.KeysOf("witness_vkeys"),
                test.Number("threshold")));

            Assert.True(result.IsOk == (test.Text("expect") == "ok"), $"{test.Text("id")}: {result}");
        }

        Assert.Equal(10, count);
    }

    [Fact]
    public void Decide_EveryRequest_IsAnsweredAsExpected()
    {
        var count = 0;
        foreach (var test in NoteVectors.Cases("addcheckpoint"))
        {
            count++;
            var request = AddCheckpointRequest.Parse(NoteVectors.Bytes(test.Text("text"))).Value;

            var answer = WitnessDecision.Decide(
                request,
                [NoteVectors.KeyOf(test.Text("log_vkey"))],
                new WitnessedHead(test.Long("old_size"), test.Hash("old_root")));

            Assert.True((answer.Status == 200) == (test.Text("expect") == "ok"), $"{test.Text("id")}: {answer.Status}");
        }

        Assert.Equal(9, count);
    }

    [Fact]
    public async Task ToText_OfWhatWeMake_IsThatOfTheVectors()
    {
        foreach (var test in NoteVectors.Cases("tlogproof").Where(test => test.Text("expect") == "ok"))
        {
            var index = TlogProof.Parse(NoteVectors.Bytes(test.Text("text"))).Value.Index;
            var hashes = await InclusionProof.BuildAsync(TlogVectors.Tree, index, TlogVectors.SizeMax, default);
            var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Cosigned)).Value;

            Assert.Equal(test.Text("text"), new TlogProof(index, hashes.Value, note).ToText());
        }

        foreach (var test in NoteVectors.Cases("addcheckpoint").Where(test => test.Text("expect") == "ok"))
        {
            var proof = await ConsistencyProof.BuildAsync(
                TlogVectors.Tree, test.Long("old_size"), TlogVectors.SizeMax, default);
            var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value;

            Assert.Equal(
                test.Text("text"),
                NoteText.TryDecode(
                    AddCheckpointRequest.Create(test.Long("old_size"), proof.Value, note).ToBytes(), out var text)
                    ? text
                    : null);
        }
    }

    [Fact]
    public void Verify_EveryByteOfAProofChangedOnce_IsRefused()
    {
        var test = NoteVectors.Cases("tlogproof").First(test => test.Text("expect") == "ok");
        var bytes = NoteVectors.Bytes(test.Text("text"));
        var entry = test.GetProperty("leaf_b64").GetBytesFromBase64();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            var result = TlogProof.Parse(bytes).Then(proof =>
                proof.Verify(entry, NoteVectors.Log, NoteVectors.Witnesses, 2));
            bytes[i] ^= 1;

            Assert.False(result.IsOk, $"byte {i}");
        }
    }
}
