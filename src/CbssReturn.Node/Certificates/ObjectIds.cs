namespace CbssReturn.Node.Certificates;

/// <summary>The object identifiers that certificates are judged by.</summary>
internal static class ObjectIds
{
    /// <summary>id-kp-serverAuth (RFC 5280, section 4.2.1.12).</summary>
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    /// <summary>id-kp-clientAuth (RFC 5280, section 4.2.1.12).</summary>
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    /// <summary>The curve P-256, secp256r1 (RFC 5480, section 2.1.1.1).</summary>
    public const string CurveP256 = "1.2.840.10045.3.1.7";
}
