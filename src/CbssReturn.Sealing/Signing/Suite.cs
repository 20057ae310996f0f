namespace CbssReturn.Sealing;

/// <summary>Numbers of suites: which algorithms an envelope or signature uses. There is no negotiation.</summary>
/// <remarks>The number stands in every transcript (docs/spec/referral-packet.md, section 1).</remarks>
public static class Suite
{
    /// <summary>The only active suite: HPKE base mode with X-Wing (0x647A), HKDF-SHA256 and ChaCha20-Poly1305;
    /// signatures with strict Ed25519; SHA-256.</summary>
    public const ushort One = 0x0001;

    /// <summary>Says whether this program knows the suite and may use it.</summary>
    public static bool IsAllowed(ushort suite) => suite == One;
}
