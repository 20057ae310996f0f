using System.Security.Cryptography;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Setup;

/// <summary>Makes certificates in folders: a throwaway authority for tests and demos, and nodes' own.</summary>
internal static class CertificateSetup
{
    /// <summary>Life of what is made when nothing else is asked for, in days.</summary>
    public const int DaysDefault = 30;

    /// <summary>Longest life, in days.</summary>
    public const int DaysMax = 90;

    /// <summary>Makes an authority.</summary>
    /// <returns>Done, or <see cref="RefusalCode.AlreadyInitialised"/> or what writing refuses.</returns>
    public static Result<Done> MakeAuthority(string folder, CertificatePeriod period)
    {
        var keyPath = Path.Combine(folder, CertificateFiles.AuthorityKey);
        if (File.Exists(keyPath))
        {
            return new Refusal(RefusalCode.AlreadyInitialised, $"{keyPath} is there already.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = CertificateIssuer.MakeAuthority(key, period);
        return PrivateFiles.MakeFolder(folder)
            .Then(_ => CertificateFiles.WriteKey(keyPath, key))
            .Then(_ => CertificateFiles.Write(
                Path.Combine(folder, CertificateFiles.AuthorityCertificate), certificate));
    }

    /// <summary>Makes a node's certificate, and its key unless there is one: a renewal keeps the key and so the pin.
    /// </summary>
    /// <param name="folder">Where; made with mode 0700 when missing.</param>
    /// <param name="host">DNS name or address on which the node can be called.</param>
    /// <param name="authorityFolder">Who signs; null for the node's own key.</param>
    /// <param name="period">When it counts.</param>
    /// <returns>The pin for the directory, or a refusal.</returns>
    public static Result<Digest> MakeNode(
        string folder, string host, string? authorityFolder, CertificatePeriod period)
    {
        var keyPath = Path.Combine(folder, CertificateFiles.NodeKey);
        if (!PrivateFiles.MakeFolder(folder).TryGet(out _, out var refusal)
            || !EnsureKey(keyPath).TryGet(out _, out refusal)
            || !CertificateFiles.ReadKey(keyPath).TryGet(out var key, out refusal))
        {
            return refusal;
        }

        using (key)
        {
            return authorityFolder is null
                ? WriteNode(folder, key, host, period)
                : WriteNode(folder, key, host, authorityFolder, period);
        }
    }

    private static Result<Done> EnsureKey(string path)
    {
        if (File.Exists(path))
        {
            return Done.Instance;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return CertificateFiles.WriteKey(path, key);
    }

    private static Result<Digest> WriteNode(string folder, ECDsa key, string host, CertificatePeriod period)
    {
        using var certificate = CertificateIssuer.MakeSelfSignedNode(key, host, period);
        return CertificateFiles.Write(Path.Combine(folder, CertificateFiles.NodeCertificate), certificate)
            .Then<Digest>(_ => Digest.FromBytes(PinnedKey.PinOf(certificate)));
    }

    private static Result<Digest> WriteNode(
        string folder, ECDsa key, string host, string authorityFolder, CertificatePeriod period)
    {
        var read = CertificateFiles.ReadWithKey(
            Path.Combine(authorityFolder, CertificateFiles.AuthorityCertificate),
            Path.Combine(authorityFolder, CertificateFiles.AuthorityKey));
        if (!read.TryGet(out var authority, out var refusal))
        {
            return refusal;
        }

        using (authority)
        {
            // A certificate must not outlive who signed it.
            var end = new DateTimeOffset(authority.NotAfter.ToUniversalTime());
            var within = period with { NotAfter = period.NotAfter < end ? period.NotAfter : end };
            using var certificate = CertificateIssuer.MakeNode(authority, key, host, within);
            return CertificateFiles.Write(Path.Combine(folder, CertificateFiles.NodeCertificate), certificate)
                .Then<Digest>(_ => Digest.FromBytes(PinnedKey.PinOf(certificate)));
        }
    }
}
