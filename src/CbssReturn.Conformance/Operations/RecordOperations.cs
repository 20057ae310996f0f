using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>pad</c> and <c>signature.verify</c>.</summary>
internal static class RecordOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new("pad", [Field.Number("length")], Pad),
        new(
            "signature.verify",
            [
                Field.Hex("public"), Field.Number("suite"), new Field("label", FieldKind.Text),
                new Field("fields", FieldKind.HexList), Field.Hex("signature"),
            ],
            Verify),
    ];

    private static Result<CaseOutput> Pad(CaseInput input) => input.Number("length") > Padding.DataSizeBytesMax
        ? new Refusal(RefusalCode.EnvelopeTooLarge, "A part holds at most 4,194,300 bytes.", "length")
        : new CaseOutput().Number("padded", Padding.GetPaddedSize((int)input.Number("length")));

    private static Result<CaseOutput> Verify(CaseInput input)
    {
        var suite = input.Number("suite");
        if (suite > ushort.MaxValue || !Suite.IsAllowed((ushort)suite))
        {
            return new Refusal(RefusalCode.SuiteNotAllowed, "The suite is not allowed.", "suite");
        }

        if (!TranscriptHash.IsLabel(input.Text("label")))
        {
            return new Refusal(RefusalCode.FieldMalformed, "A label is 1 to 64 printable ASCII characters.", "label");
        }

        ReadOnlyMemory<byte>[] fields = [.. input.List("fields").Select(field => (ReadOnlyMemory<byte>)field)];
        return VerifyingKey.Parse(input.Bytes("public")).Then<CaseOutput>(key =>
            SigningRule.Verify(key, (ushort)suite, input.Text("label"), input.Bytes("signature"), fields)
                ? CaseOutput.Nothing
                : new Refusal(RefusalCode.SignatureWrong, "The signature does not verify.", "signature"));
    }
}
