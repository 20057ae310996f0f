using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tls;

/// <summary>Judges one certificate by everything but the clock's future (docs/spec/exchange.md, section 1).</summary>
/// <remarks>The platform's own judgement is not asked: it accepts a certificate without any extended key usage, knows
/// no pins, and would go to the network for issuers and revocation. Revocation is a change of the directory.</remarks>
internal static class CertificateVerdict
{
    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">What the peer showed; null for nothing.</param>
    /// <param name="side">Whose certificate it is.</param>
    /// <param name="directory">The directory that counts.</param>
    /// <param name="now">The moment.</param>
    /// <param name="authorities">Authorities to chain to; empty when the pin alone counts.</param>
    /// <returns>The node that the key is pinned for, or a refusal with a code of 5101 to 5107,
    /// <see cref="RefusalCode.PeerSuspended"/> or <see cref="RefusalCode.DirectoryExpired"/>.</returns>
    public static Result<NodeId> Of(
        X509Certificate2? certificate,
        CertificateSide side,
        NodeDirectory directory,
        DateTimeOffset now,
        X509Certificate2Collection authorities)
    {
        if (certificate is null)
        {
            return new Refusal(RefusalCode.CertificateMissing, "The peer shows no certificate.");
        }

        if (!PinnedKey.IsCurveP256(certificate))
        {
            return new Refusal(RefusalCode.CertificateKeyKind, "The peer's key is not ECDSA P-256.");
        }

        if (!IsInTime(certificate, now))
        {
            return new Refusal(RefusalCode.CertificateNotInTime, "The peer's certificate is expired or not yet valid.");
        }

        return CheckUsage(certificate, side)
            .Then(_ => FindNode(certificate, directory, now))
            .Then(node => CheckAuthority(certificate, authorities, now).Then<NodeId>(_ => node));
    }

    /// <summary>Says whether a moment lies in the certificate's period.</summary>
    public static bool IsInTime(X509Certificate2 certificate, DateTimeOffset now) =>
        now.UtcDateTime >= certificate.NotBefore.ToUniversalTime()
        && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();

    private static Result<Done> CheckUsage(X509Certificate2 certificate, CertificateSide side)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        if (usages.Count == 0)
        {
            return new Refusal(
                RefusalCode.CertificateUsageMissing, "The peer's certificate has no extended key usage.");
        }

        var wanted = side == CertificateSide.Client ? ObjectIds.ClientUsage : ObjectIds.ServerUsage;
        return usages.Exists(usage => usage.EnhancedKeyUsages.OfType<Oid>().Any(id => id.Value == wanted))
            ? Done.Instance
            : new Refusal(
                RefusalCode.CertificateUsageWrong, "The peer's certificate is not for this side of TLS.");
    }

    private static Result<NodeId> FindNode(X509Certificate2 certificate, NodeDirectory directory, DateTimeOffset now)
    {
        if (directory.IsExpiredAt(now))
        {
            return new Refusal(RefusalCode.DirectoryExpired, "The directory has ended, so no pin counts.");
        }

        if (!directory.TryFindByPin(Digest.FromBytes(PinnedKey.PinOf(certificate)), out var node))
        {
            return new Refusal(RefusalCode.CertificateNotPinned, "The peer's key is not pinned in the directory.");
        }

        return node.IsSuspended
            ? new Refusal(RefusalCode.PeerSuspended, "The peer is suspended in the directory.")
            : node.Id;
    }

    private static Result<Done> CheckAuthority(
        X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (authorities.Count == 0)
        {
            return Done.Instance;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy = ChainPolicy(authorities);
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        var isTrusted = chain.Build(certificate);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return isTrusted
            ? Done.Instance
            : new Refusal(
                RefusalCode.CertificateAuthorityOther,
                "The peer's certificate does not chain to a configured authority.");
    }

    /// <summary>A policy that stays off the network and trusts only the given authorities.</summary>
    public static X509ChainPolicy ChainPolicy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
