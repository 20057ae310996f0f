using Microsoft.AspNetCore.Authentication;

namespace CbssReturn.Node.Tls;

/// <summary>Adds the certificate scheme; the name of the method is that of the framework's package.</summary>
internal static class CertificateAuthenticationExtensions
{
    /// <summary>Adds the scheme under its default name.</summary>
    public static AuthenticationBuilder AddCertificate(
        this AuthenticationBuilder builder, Action<CertificateAuthenticationOptions> configure) =>
        builder.AddScheme<CertificateAuthenticationOptions, CertificateAuthenticationHandler>(
            CertificateAuthenticationDefaults.AuthenticationScheme, configure);
}
