namespace CbssReturn.Auditor.Configuration;

/// <summary>A witness that is asked for cosignatures.</summary>
internal sealed class WitnessOptions
{
    /// <summary>Its node, <c>host:port</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>SHA-256 of its TLS public keys, 64 hexadecimal digits each; 1 or 2.</summary>
    public required IReadOnlyList<string> Pins { get; init; }

    /// <summary>Verifier key with which it cosigns, in its text form.</summary>
    public required string Key { get; init; }
}
