using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>mlkem768.*</c>.</summary>
internal static class MlKemOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All =>
    [
        new(
            "mlkem768.decapsulate",
            [
                new Field("seed", FieldKind.Hex, "private key"), new Field("dk", FieldKind.Hex, "private key"),
                Field.Hex("ciphertext"),
            ],
            Decapsulate),
        new("mlkem768.encapsulate", [Field.Hex("public"), Field.Hex("m")], Encapsulate),
        new("mlkem768.checkkey", [Field.Hex("public")], CheckKey),
    ];

    private static Result<CaseOutput> Decapsulate(CaseInput input)
    {
        using var key = ReadPrivateKey(input);
        if (key is null)
        {
            return new Refusal(RefusalCode.KeyMalformed, "The private key does not pass the checks of FIPS 203.");
        }

        var shared = new byte[MlKem768PublicKey.SecretSizeBytes];
        return key.TryDecapsulate(input.Bytes("ciphertext"), shared)
            ? new CaseOutput().Hex("shared", shared)
            : new Refusal(RefusalCode.FieldMalformed, "A ciphertext has 1,088 bytes.", "ciphertext");
    }

    private static Result<CaseOutput> Encapsulate(CaseInput input)
    {
        if (MlKem768PublicKey.Parse(input.Bytes("public")) is not { } key)
        {
            return KeyMalformed();
        }

        if (input.Bytes("m").Length != MlKem768PublicKey.SecretSizeBytes)
        {
            return new Refusal(RefusalCode.FieldMalformed, "The randomness has 32 bytes.", "m");
        }

        var ciphertext = new byte[MlKem768PublicKey.CiphertextSizeBytes];
        var shared = new byte[MlKem768PublicKey.SecretSizeBytes];
        key.Encapsulate(input.Bytes("m"), ciphertext, shared);
        return new CaseOutput().Hex("ciphertext", ciphertext).Hex("shared", shared);
    }

    private static Result<CaseOutput> CheckKey(CaseInput input) =>
        MlKem768PublicKey.Parse(input.Bytes("public")) is null ? KeyMalformed() : CaseOutput.Nothing;

    private static MlKem768PrivateKey? ReadPrivateKey(CaseInput input)
    {
        if (input.Has("dk"))
        {
            return MlKem768PrivateKey.FromExpanded(input.Bytes("dk"));
        }

        var seed = input.Bytes("seed");
        return seed.Length == MlKem768PrivateKey.SeedSizeBytes ? MlKem768PrivateKey.FromSeed(seed) : null;
    }

    private static Refusal KeyMalformed() => new(
        RefusalCode.KeyMalformed, "The encapsulation key has not 1,184 bytes or fails the modulus check.", "public");
}
