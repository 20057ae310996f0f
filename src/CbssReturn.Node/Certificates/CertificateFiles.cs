using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Certificates;

/// <summary>Certificates and their keys as PEM files.</summary>
[SuppressMessage(
    "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
internal static class CertificateFiles
{
    /// <summary>File name of an authority's certificate.</summary>
    public const string AuthorityCertificate = "authority.crt.pem";

    /// <summary>File name of an authority's key.</summary>
    public const string AuthorityKey = "authority.key.pem";

    /// <summary>File name of a node's certificate.</summary>
    public const string NodeCertificate = "tls.crt.pem";

    /// <summary>File name of a node's TLS key.</summary>
    public const string NodeKey = "tls.key.pem";

    /// <summary>Writes a certificate.</summary>
    public static Result<Done> Write(string path, X509Certificate2 certificate) =>
        PrivateFiles.Write(path, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));

    /// <summary>Writes a key as unencrypted PKCS #8; only the mode of the file and the disk protect it.</summary>
    public static Result<Done> WriteKey(string path, ECDsa key)
    {
        var der = key.ExportPkcs8PrivateKey();
        var pem = Encoding.ASCII.GetBytes(PemEncoding.WriteString("PRIVATE KEY", der));
        try
        {
            return PrivateFiles.Write(path, pem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    /// <summary>Reads a key.</summary>
    /// <returns>The key, or <see cref="RefusalCode.CertificateUnusable"/> or what reading a secret refuses.</returns>
    public static Result<ECDsa> ReadKey(string path)
    {
        if (!PrivateFiles.ReadSecret(path).TryGet(out var content, out var refusal))
        {
            return refusal;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.ASCII.GetString(content));
            return key;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return new Refusal(RefusalCode.CertificateUnusable, $"{path} holds no ECDSA key in PEM form.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads a certificate and the key it belongs to.</summary>
    /// <returns>The certificate with its key, or <see cref="RefusalCode.CertificateUnusable"/> or what reading a secret
    /// refuses.</returns>
    public static Result<X509Certificate2> ReadWithKey(string certificatePath, string keyPath)
    {
        if (!Read(certificatePath).TryGet(out var certificate, out var refusal))
        {
            return refusal;
        }

        using (certificate)
        {
            if (!ReadKey(keyPath).TryGet(out var key, out refusal))
            {
                return refusal;
            }

            using (key)
            {
                return Pair(certificate, key, keyPath);
            }
        }
    }

    /// <summary>Reads the first certificate of a file that everybody may read.</summary>
    /// <returns>The certificate, or <see cref="RefusalCode.CertificateUnusable"/>.</returns>
    public static Result<X509Certificate2> Read(string path)
    {
        var read = PrivateFiles.ReadPublic(path, PrivateFiles.SecretSizeBytesMax, RefusalCode.CertificateUnusable);
        if (!read.TryGet(out var content, out var refusal))
        {
            return refusal;
        }

        try
        {
            return X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(content));
        }
        catch (CryptographicException)
        {
            return new Refusal(RefusalCode.CertificateUnusable, $"{path} holds no certificate in PEM form.");
        }
    }

    private static Result<X509Certificate2> Pair(X509Certificate2 certificate, ECDsa key, string keyPath)
    {
        try
        {
            return certificate.CopyWithPrivateKey(key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or InvalidOperationException)
        {
            return new Refusal(RefusalCode.CertificateUnusable, $"{keyPath} is not the key of the certificate.");
        }
    }
}
