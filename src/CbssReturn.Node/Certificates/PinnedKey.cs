using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CbssReturn.Node.Certificates;

/// <summary>What a TLS key is pinned by.</summary>
internal static class PinnedKey
{
    /// <summary>SHA-256 of the SubjectPublicKeyInfo, 32 bytes (docs/spec/directory.md, section 3).</summary>
    public static byte[] PinOf(X509Certificate2 certificate) =>
        SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>Whether the key is ECDSA on the curve P-256.</summary>
    public static bool IsCurveP256(X509Certificate2 certificate)
    {
        try
        {
            using var key = certificate.GetECDsaPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ObjectIds.CurveP256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
