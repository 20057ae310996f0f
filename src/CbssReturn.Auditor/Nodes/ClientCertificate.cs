using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CbssReturn.Auditor.Files;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Nodes;

/// <summary>The certificate with which this auditor calls nodes: that of the focal point's node, which the directory
/// pins.</summary>
internal sealed class ClientCertificate : IDisposable
{
    private const int SizeBytesMax = 64 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly X509Certificate2 _certificate;

    private ClientCertificate(X509Certificate2 certificate)
    {
        _certificate = certificate;
        Context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    /// <summary>What a handshake shows.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads the certificate and its key, both PEM files.</summary>
    /// <param name="certificatePath">The certificate.</param>
    /// <param name="keyPath">The key, which nobody but its owner may read.</param>
    /// <returns>The certificate, which the caller disposes; or a refusal with
    /// <see cref="RefusalCode.CertificateUnusable"/>, <see cref="RefusalCode.SecretUnreadable"/> or
    /// <see cref="RefusalCode.PermissionsTooWide"/>.</returns>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    public static Result<ClientCertificate> Load(string certificatePath, string keyPath)
    {
        if (!SmallFile.Read(certificatePath, SizeBytesMax).TryGet(out var certificate, out var refusal))
        {
            return new Refusal(RefusalCode.CertificateUnusable, refusal.Message, certificatePath);
        }

        if (!SmallFile.Read(keyPath, SizeBytesMax).TryGet(out var key, out refusal))
        {
            return new Refusal(RefusalCode.SecretUnreadable, refusal.Message, keyPath);
        }

        try
        {
            if ((File.GetUnixFileMode(keyPath) & Others) != 0)
            {
                return new Refusal(
                    RefusalCode.PermissionsTooWide, "Others may read the key; its mode must be 0600.", keyPath);
            }

            return new ClientCertificate(
                X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate), Encoding.ASCII.GetString(key)));
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or IOException)
        {
            return new Refusal(
                RefusalCode.CertificateUnusable,
                "The files hold no certificate and its key in PEM form.",
                certificatePath);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
