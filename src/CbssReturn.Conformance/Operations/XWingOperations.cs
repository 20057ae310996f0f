using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>xwing.*</c>.</summary>
internal static class XWingOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new("xwing.encapsulate", [Field.Hex("public"), Field.Hex("eseed")], Encapsulate),
        new("xwing.decapsulate", [Field.Hex("seed"), Field.Hex("ciphertext")], Decapsulate),
    ];

    /// <summary>Decapsulates from a seed; shared with HPKE.</summary>
    /// <returns>The shared secret, or a refusal.</returns>
    public static Result<byte[]> Decapsulate(byte[] seed, byte[] ciphertext)
    {
        if (seed.Length != XWing.SeedSizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, "An X-Wing seed has 32 bytes.", "seed");
        }

        if (ciphertext.Length != XWing.CiphertextSizeBytes)
        {
            return new Refusal(RefusalCode.FieldMalformed, "An X-Wing ciphertext has 1,120 bytes.");
        }

        using var key = KemPrivateKey.FromSeed(seed);
        var shared = new byte[XWing.SharedSizeBytes];
        return key.TryDecapsulate(ciphertext, shared)
            ? shared
            : new Refusal(RefusalCode.KeyWeak, "The X25519 share in the ciphertext is of low order.");
    }

    private static Result<CaseOutput> Decapsulate(CaseInput input) =>
        Decapsulate(input.Bytes("seed"), input.Bytes("ciphertext"))
            .Then<CaseOutput>(shared => new CaseOutput().Hex("shared", shared));

    private static Result<CaseOutput> Encapsulate(CaseInput input) =>
        KemPublicKey.Parse(input.Bytes("public")).Then<CaseOutput>(key =>
        {
            if (input.Bytes("eseed").Length != XWing.RandomnessSizeBytes)
            {
                return new Refusal(RefusalCode.FieldMalformed, "The randomness has 64 bytes.", "eseed");
            }

            var (ciphertext, shared) = (new byte[XWing.CiphertextSizeBytes], new byte[XWing.SharedSizeBytes]);
            key.Encapsulate(input.Bytes("eseed"), ciphertext, shared);
            return new CaseOutput().Hex("ciphertext", ciphertext).Hex("shared", shared);
        });
}
