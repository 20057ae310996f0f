using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;

namespace CbssReturn.Node.Tls;

/// <summary>Options of the certificate scheme. Names and defaults are those of the framework's package, so that it
/// can take this handler's place (ADR 0030).</summary>
internal sealed class CertificateAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>Certificates that are taken. Default Chained.</summary>
    public CertificateTypes AllowedCertificateTypes { get; set; } = CertificateTypes.Chained;

    /// <summary>How a chained certificate is trusted. Default System.</summary>
    public X509ChainTrustMode ChainTrustValidationMode { get; set; } = X509ChainTrustMode.System;

    /// <summary>Authorities that are trusted when <see cref="ChainTrustValidationMode"/> is CustomRootTrust.</summary>
    public X509Certificate2Collection CustomTrustStore { get; set; } = [];

    /// <summary>Whether the certificate must be for clients. Default true. Unlike the platform's chain, a certificate
    /// without any extended key usage is refused as well.</summary>
    public bool ValidateCertificateUse { get; set; } = true;

    /// <summary>Whether the moment must lie in the certificate's period. Default true.</summary>
    public bool ValidateValidityPeriod { get; set; } = true;

    /// <summary>Whether revocation is looked up in the network. Default Online, as in the package; a node sets NoCheck.
    /// </summary>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.Online;

    /// <summary>Hooks.</summary>
    public new CertificateAuthenticationEvents Events
    {
        get => (CertificateAuthenticationEvents)base.Events!;  // set in the constructor, never to null
        set => base.Events = value;
    }

    /// <summary>Makes options with the package's defaults.</summary>
    public CertificateAuthenticationOptions() => Events = new CertificateAuthenticationEvents();
}
