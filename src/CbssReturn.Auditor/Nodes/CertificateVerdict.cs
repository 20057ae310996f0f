using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Nodes;

/// <summary>Decides whether a certificate belongs to the node that was called (docs/spec/exchange.md, section 1).
/// </summary>
/// <remarks>The pin decides; that a chain ends at some authority says nothing here. Written apart from the node's own
/// judgement on purpose: an auditor shares no code with what it audits.</remarks>
internal static class CertificateVerdict
{
    private const string CurveP256 = "1.2.840.10045.3.1.7";
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">What the node showed; null for nothing.</param>
    /// <param name="pins">The pins of the node that was called.</param>
    /// <param name="now">The moment.</param>
    /// <returns>A refusal with a code of 5101 to 5106, or null when it belongs to the node.</returns>
    public static Refusal? FindBreach(X509Certificate2? certificate, IReadOnlyList<Digest> pins, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return new Refusal(RefusalCode.CertificateMissing, "The node shows no certificate.");
        }

        if (!IsCurveP256(certificate))
        {
            return new Refusal(RefusalCode.CertificateKeyKind, "The node's key is not ECDSA P-256.");
        }

        if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime()
            || now.UtcDateTime > certificate.NotAfter.ToUniversalTime())
        {
            return new Refusal(RefusalCode.CertificateNotInTime, "The node's certificate is expired or not yet valid.");
        }

        if (!IsForServers(certificate))
        {
            return new Refusal(RefusalCode.CertificateUsageWrong, "The node's certificate is not for a server.");
        }

        var pin = Digest.Of(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return pins.Contains(pin)
            ? null
            : new Refusal(RefusalCode.CertificateNotPinned, "Who answered does not have the key that is pinned.");
    }

    /// <summary>Says whether a key is ECDSA on the curve P-256.</summary>
    public static bool IsCurveP256(X509Certificate2 certificate)
    {
        try
        {
            using var key = certificate.GetECDsaPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == CurveP256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsForServers(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.OfType<Oid>())
            .Any(usage => usage.Value == ServerUsage);
}
