namespace CbssReturn.Node.Certificates;

/// <summary>Sides of TLS that a certificate names as its extended key usage (RFC 5280, section 4.2.1.12).</summary>
[Flags]
internal enum CertificateUsages
{
    /// <summary>No extended key usage at all; refused by every node.</summary>
    None = 0,

    /// <summary>For who is called: id-kp-serverAuth.</summary>
    Server = 1,

    /// <summary>For who calls: id-kp-clientAuth.</summary>
    Client = 2,

    /// <summary>For both, as every node needs it.</summary>
    Both = Server | Client,
}
