namespace CbssReturn.Node.Tls;

/// <summary>Name of the scheme; as in the framework's package.</summary>
internal static class CertificateAuthenticationDefaults
{
    /// <summary>The scheme.</summary>
    public const string AuthenticationScheme = "Certificate";
}
