namespace CbssReturn.Node.Tls;

/// <summary>Certificates that the handler takes; names as in the framework's package for certificate authentication.
/// </summary>
[Flags]
internal enum CertificateTypes
{
    /// <summary>None: <c>default</c> lets nobody in.</summary>
    None = 0,

    /// <summary>Signed by an authority.</summary>
    Chained = 1,

    /// <summary>Signed by its own key.</summary>
    SelfSigned = 2,

    /// <summary>Either.</summary>
    All = Chained | SelfSigned,
}
