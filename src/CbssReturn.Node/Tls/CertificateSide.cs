namespace CbssReturn.Node.Tls;

/// <summary>Whose certificate is judged.</summary>
internal enum CertificateSide
{
    /// <summary>That of who calls; it must name id-kp-clientAuth.</summary>
    Client,

    /// <summary>That of who is called; it must name id-kp-serverAuth.</summary>
    Server,
}
