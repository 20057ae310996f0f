using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using CbssReturn.Node.Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CbssReturn.Node.Tls;

/// <summary>Authenticates a request by the certificate of its connection.</summary>
/// <remarks>The connection layer has judged that certificate before (<see cref="PeerTls"/>); this second look decides
/// who a request comes from, and notices when the directory or the clock has moved on since.</remarks>
internal sealed class CertificateAuthenticationHandler(
    IOptionsMonitor<CertificateAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<CertificateAuthenticationOptions>(options, logger, encoder)
{
    /// <inheritdoc/>
    protected override Task<object> CreateEventsAsync() =>
        Task.FromResult<object>(new CertificateAuthenticationEvents());

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var certificate = Context.Connection.ClientCertificate;
        if (certificate is null)
        {
            return AuthenticateResult.NoResult();
        }

        if (FindBreach(certificate) is { } breach)
        {
            return AuthenticateResult.Fail(breach);
        }

        var validated = new CertificateValidatedContext(Context, Scheme, Options) { ClientCertificate = certificate };
        await Options.Events.CertificateValidated(validated);
        return validated.Result ?? AuthenticateResult.Fail("Nobody vouched for the certificate.");
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A certificate cannot be asked for again on a connection that exists (RFC 9113, section 9.2.3).
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private string? FindBreach(X509Certificate2 certificate)
    {
        var type = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
            ? CertificateTypes.SelfSigned
            : CertificateTypes.Chained;
        if (!Options.AllowedCertificateTypes.HasFlag(type))
        {
            return "Certificates of this type are not taken.";
        }

        if (Options.ValidateValidityPeriod && !CertificateVerdict.IsInTime(certificate, TimeProvider.GetUtcNow()))
        {
            return "The certificate is not valid now.";
        }

        if (Options.ValidateCertificateUse && !IsForClients(certificate))
        {
            return "The certificate is not for clients.";
        }

        return type == CertificateTypes.SelfSigned || !HasAuthorities || IsTrusted(certificate)
            ? null
            : "The certificate is not trusted.";
    }

    // A network whose directory pins every key may do without authorities; then the hook alone decides.
    private bool HasAuthorities =>
        Options.ChainTrustValidationMode == X509ChainTrustMode.System || Options.CustomTrustStore.Count > 0;

    private static bool IsForClients(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509EnhancedKeyUsageExtension>()
        .Any(usage => usage.EnhancedKeyUsages[ObjectIds.ClientUsage] is not null);

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = Options.RevocationMode;
        chain.ChainPolicy.TrustMode = Options.ChainTrustValidationMode;
        chain.ChainPolicy.DisableCertificateDownloads = Options.RevocationMode == X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(Options.CustomTrustStore);
        chain.ChainPolicy.VerificationTime = TimeProvider.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }
}
