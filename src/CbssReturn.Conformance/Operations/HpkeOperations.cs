using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>hpke.*</c>: base mode, HKDF-SHA256, ChaCha20-Poly1305, under either KEM.</summary>
internal static class HpkeOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new("hpke.open", [Field.Hex("seed"), .. OpenFields], Open(DecapsulateXWing, HpkeContext.KemXWing))
        {
            Kem = "xwing",
        },
        new("hpke.open", [Field.Hex("private"), .. OpenFields], Open(DecapsulateX25519, HpkeContext.KemX25519))
        {
            Kem = "x25519",
        },
        new("hpke.export", [Field.Hex("seed"), .. ExportFields], Export(DecapsulateXWing, HpkeContext.KemXWing))
        {
            Kem = "xwing",
        },
        new("hpke.export", [Field.Hex("private"), .. ExportFields], Export(DecapsulateX25519, HpkeContext.KemX25519))
        {
            Kem = "x25519",
        },
    ];

    private static IEnumerable<Field> OpenFields =>
    [
        Field.Hex("enc"), Field.Hex("info"), Field.Hex("aad"), Field.Hex("ciphertext"), Field.Number("sequence"),
    ];

    private static IEnumerable<Field> ExportFields =>
    [
        Field.Hex("enc"), Field.Hex("info"), Field.Hex("exporter_context"), Field.Number("length"),
    ];

    private static Func<CaseInput, Result<CaseOutput>> Open(
        Func<CaseInput, Result<byte[]>> decapsulate, ushort kemId) =>
        input => decapsulate(input).Then<CaseOutput>(shared =>
        {
            using var context = new HpkeContext(
                kemId, shared, input.Bytes("info"), new byte[HpkeContext.SecretsSizeBytes]);
            var ciphertext = input.Bytes("ciphertext");
            var plaintext = new byte[Math.Max(0, ciphertext.Length - ChaChaPoly.TagSizeBytes)];
            return context.TryOpen(input.Number("sequence"), input.Bytes("aad"), ciphertext, plaintext)
                ? new CaseOutput().Hex("plaintext", plaintext)
                : new Refusal(RefusalCode.EnvelopeNotOpened, "The ciphertext does not open.", "ciphertext");
        });

    private static Func<CaseInput, Result<CaseOutput>> Export(
        Func<CaseInput, Result<byte[]>> decapsulate, ushort kemId) =>
        input =>
        {
            var length = input.Number("length");
            if (length is 0 or > HkdfSha256.OutputSizeBytesMax)
            {
                return new Refusal(RefusalCode.NumberOutOfRange, "An export has 1 to 8,160 bytes.", "length");
            }

            return decapsulate(input).Then<CaseOutput>(shared =>
            {
                using var context = new HpkeContext(
                    kemId, shared, input.Bytes("info"), new byte[HpkeContext.SecretsSizeBytes]);
                var exported = new byte[length];
                context.Export(input.Bytes("exporter_context"), exported);
                return new CaseOutput().Hex("exported", exported);
            });
        };

    private static Result<byte[]> DecapsulateXWing(CaseInput input) =>
        XWingOperations.Decapsulate(input.Bytes("seed"), input.Bytes("enc"));

    private static Result<byte[]> DecapsulateX25519(CaseInput input)
    {
        if (input.Bytes("private").Length != X25519Strict.SizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, "An X25519 key has 32 bytes.", "private");
        }

        if (input.Bytes("enc").Length != X25519Strict.SizeBytes)
        {
            return new Refusal(RefusalCode.FieldMalformed, "An X25519 share has 32 bytes.", "enc");
        }

        var shared = new byte[X25519Strict.SizeBytes];
        return DhKemX25519.TryDecapsulate(input.Bytes("private"), input.Bytes("enc"), shared)
            ? shared
            : new Refusal(RefusalCode.KeyWeak, "The share is of low order.", "enc");
    }
}
