using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CbssReturn.Node.Certificates;

/// <summary>Makes certificates: ECDSA P-256 with SHA-256, random serial numbers, neutral names.</summary>
/// <remarks>The names in a certificate say nothing: who it belongs to is what the directory pins. The alternative names
/// hold the host on which the node can be called, for software that checks them.</remarks>
internal static class CertificateIssuer
{
    private const int SerialSizeBytes = 16;
    private const string AuthorityName = "CN=CbssReturn throwaway authority";
    private const string NodeName = "CN=cbss-node";

    /// <summary>Makes a self-signed authority that signs node certificates and nothing else.</summary>
    public static X509Certificate2 MakeAuthority(ECDsa key, CertificatePeriod period)
    {
        var request = new CertificateRequest(AuthorityName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(period.NotBefore, period.NotAfter);
    }

    /// <summary>Makes a node's certificate, signed by an authority.</summary>
    /// <param name="authority">The authority, with its private key.</param>
    /// <param name="key">The node's key; only its public half goes into the certificate.</param>
    /// <param name="host">DNS name or address on which the node can be called.</param>
    /// <param name="period">When it counts.</param>
    /// <param name="usages">Sides of TLS it is for.</param>
    public static X509Certificate2 MakeNode(
        X509Certificate2 authority,
        AsymmetricAlgorithm key,
        string host,
        CertificatePeriod period,
        CertificateUsages usages = CertificateUsages.Both)
    {
        var request = NodeRequest(key, host, usages);
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(SerialSizeBytes);
        serial[0] &= 0x7F;  // a serial number is positive (RFC 5280, section 4.1.2.2)
        using var signer = authority.GetECDsaPrivateKey()
            ?? throw new ArgumentException("The authority comes without its ECDSA key.", nameof(authority));
        return request.Create(
            authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(signer),
            period.NotBefore,
            period.NotAfter,
            serial);
    }

    /// <summary>Makes a node's certificate, signed by its own key.</summary>
    public static X509Certificate2 MakeSelfSignedNode(
        AsymmetricAlgorithm key,
        string host,
        CertificatePeriod period,
        CertificateUsages usages = CertificateUsages.Both)
    {
        using var withKey = NodeRequest(key, host, usages).CreateSelfSigned(period.NotBefore, period.NotAfter);
        return X509CertificateLoader.LoadCertificate(withKey.RawDataMemory.Span);
    }

    private static CertificateRequest NodeRequest(AsymmetricAlgorithm key, string host, CertificateUsages usages)
    {
        var request = key switch
        {
            ECDsa curve => new CertificateRequest(NodeName, curve, HashAlgorithmName.SHA256),
            RSA rsa => new CertificateRequest(NodeName, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => throw new ArgumentException("Only ECDSA, and RSA for tests of what is refused.", nameof(key)),
        };
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(AlternativeName(host));
        if (usages != CertificateUsages.None)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(UsageIds(usages), critical: false));
        }

        return request;
    }

    private static X509Extension AlternativeName(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        return names.Build();
    }

    private static OidCollection UsageIds(CertificateUsages usages)
    {
        var ids = new OidCollection();
        if (usages.HasFlag(CertificateUsages.Server))
        {
            ids.Add(new Oid(ObjectIds.ServerUsage));
        }

        if (usages.HasFlag(CertificateUsages.Client))
        {
            ids.Add(new Oid(ObjectIds.ClientUsage));
        }

        return ids;
    }
}
