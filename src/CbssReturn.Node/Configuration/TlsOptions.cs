using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>This node's TLS certificate, for both sides of a connection.</summary>
internal sealed class TlsOptions
{
    /// <summary>Path of the certificate in PEM form. A changed file is taken up within a second, without restart.
    /// Default <c>tls.crt.pem</c>.</summary>
    [Required]
    public string CertificateFile { get; init; } = "tls.crt.pem";

    /// <summary>Path of its ECDSA P-256 key, PKCS #8 in PEM form, mode 0600. Default <c>tls.key.pem</c>.</summary>
    [Required]
    public string KeyFile { get; init; } = "tls.key.pem";

    /// <summary>Path of the certificates of authorities to which every peer must chain, in PEM form; null when the pins
    /// of the directory are all that counts. Default null.</summary>
    public string? AuthorityFile { get; init; }
}
