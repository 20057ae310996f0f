using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>ed25519.verify</c> and <c>x25519.agree</c>.</summary>
internal static class CurveOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new("ed25519.verify", [Field.Hex("public"), Field.Hex("message"), Field.Hex("signature")], Verify),
        new("x25519.agree", [Field.Hex("private"), Field.Hex("public")], Agree),
    ];

    private static Result<CaseOutput> Verify(CaseInput input) =>
        VerifyingKey.Parse(input.Bytes("public")).Then<CaseOutput>(key =>
            key.Verify(input.Bytes("message"), input.Bytes("signature"))
                ? CaseOutput.Nothing
                : new Refusal(RefusalCode.SignatureWrong, "The signature does not verify.", "signature"));

    private static Result<CaseOutput> Agree(CaseInput input)
    {
        var (privateKey, publicKey) = (input.Bytes("private"), input.Bytes("public"));
        if (privateKey.Length != X25519Strict.SizeBytes || publicKey.Length != X25519Strict.SizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, "An X25519 key has 32 bytes.");
        }

        var shared = new byte[X25519Strict.SizeBytes];
        return X25519Strict.TryAgree(privateKey, publicKey, shared)
            ? new CaseOutput().Hex("shared", shared)
            : new Refusal(RefusalCode.KeyWeak, "The public key is of low order.", "public");
    }
}
