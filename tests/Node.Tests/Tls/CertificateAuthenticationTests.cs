using System.Security.Cryptography.X509Certificates;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Tls;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CbssReturn.Node.Tests.Tls;

/// <summary>The scheme by its options, as the framework's package has them.</summary>
public sealed class CertificateAuthenticationTests : IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly TestPeer _peer;

    public CertificateAuthenticationTests() => _peer = _network.AddPeer();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Authenticate_NoCertificate_HasNoResult() =>
        Assert.True((await AuthenticateAsync(null, _ => { })).None);

    [Fact]
    public async Task Authenticate_Vouched_IsThatPeer()
    {
        var result = await AuthenticateAsync(_peer.Certificate, _ => { });

        Assert.True(result.Succeeded);
        Assert.Equal("Certificate", result.Ticket.AuthenticationScheme);
    }

    [Fact]
    public async Task Authenticate_NobodyVouches_Fails() => AssertFailed(await AuthenticateAsync(
        _peer.Certificate, options => options.Events.OnCertificateValidated = _ => Task.CompletedTask));

    [Fact]
    public async Task Authenticate_SelfSignedByDefault_Fails()
    {
        using var certificate = _peer.Issue(null, _network.Period, CertificateUsages.Both);

        AssertFailed(await AuthenticateAsync(certificate, _ => { }));
        Assert.True((await AuthenticateAsync(
            certificate, options => options.AllowedCertificateTypes = CertificateTypes.All)).Succeeded);
        AssertFailed(await AuthenticateAsync(
            _peer.Certificate, options => options.AllowedCertificateTypes = CertificateTypes.SelfSigned));
    }

    [Fact]
    public async Task Authenticate_OutOfItsPeriod_Fails()
    {
        using var certificate = _peer.Issue(
            _network.Authority,
            new CertificatePeriod(TestNetwork.Start.AddDays(1), TestNetwork.Start.AddDays(2)),
            CertificateUsages.Both);

        AssertFailed(await AuthenticateAsync(certificate, _ => { }));
    }

    [Theory]
    [InlineData(CertificateUsages.None)]
    [InlineData(CertificateUsages.Server)]
    internal async Task Authenticate_NotForClients_FailsUnlessTheOptionIsOff(CertificateUsages usages)
    {
        using var certificate = _peer.Issue(_network.Authority, _network.Period, usages);

        AssertFailed(await AuthenticateAsync(certificate, _ => { }));
        Assert.True((await AuthenticateAsync(
            certificate, options => options.ValidateCertificateUse = false)).Succeeded);
    }

    [Fact]
    public async Task Authenticate_OtherAuthority_Fails()
    {
        using var other = _network.MakeAuthority();

        AssertFailed(await AuthenticateAsync(_peer.Certificate, options => options.CustomTrustStore = [other]));
    }

    private static void AssertFailed(AuthenticateResult result)
    {
        Assert.False(result.Succeeded);
        Assert.NotNull(result.Failure);
    }

    private async Task<AuthenticateResult> AuthenticateAsync(
        X509Certificate2? certificate, Action<CertificateAuthenticationOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWebEncoders();
        services.AddSingleton<TimeProvider>(_network.Time);
        services.AddAuthenticationCore();
        new AuthenticationBuilder(services).AddCertificate(options =>
        {
            options.ChainTrustValidationMode = X509ChainTrustMode.CustomRootTrust;
            options.CustomTrustStore = [_network.Authority];
            options.RevocationMode = X509RevocationMode.NoCheck;
            options.Events.OnCertificateValidated = context =>
            {
                context.Principal = PeerIdentity.Principal(_peer.Id, context.Scheme.Name);
                context.Success();
                return Task.CompletedTask;
            };
            configure(options);
        });
        await using var provider = services.BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = provider };
        context.Connection.ClientCertificate = certificate;
        return await context.AuthenticateAsync(CertificateAuthenticationDefaults.AuthenticationScheme);
    }
}
