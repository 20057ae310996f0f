namespace CbssReturn.Node.Tls;

/// <summary>Hooks of the certificate scheme; names as in the framework's package.</summary>
internal sealed class CertificateAuthenticationEvents
{
    /// <summary>Called with a certificate that passed the options; decides who it belongs to. Without a decision
    /// nobody is authenticated.</summary>
    public Func<CertificateValidatedContext, Task> OnCertificateValidated { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs the hook.</summary>
    public Task CertificateValidated(CertificateValidatedContext context) => OnCertificateValidated(context);
}
