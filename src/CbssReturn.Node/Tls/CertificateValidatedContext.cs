using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;

namespace CbssReturn.Node.Tls;

/// <summary>A certificate that passed the options of its scheme.</summary>
internal sealed class CertificateValidatedContext(
    HttpContext context, AuthenticationScheme scheme, CertificateAuthenticationOptions options)
    : ResultContext<CertificateAuthenticationOptions>(context, scheme, options)
{
    /// <summary>The certificate.</summary>
    public required X509Certificate2 ClientCertificate { get; init; }
}
