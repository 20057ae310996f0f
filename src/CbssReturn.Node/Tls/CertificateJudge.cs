using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tls;

/// <summary>Judges certificates and remembers whom it let in, because a full judgement costs a hundred times more
/// than a look-up and every call needs one.</summary>
/// <remarks>A verdict counts for one certificate, one side and one version of the directory; the clock is asked each
/// time. Refusals are not remembered, so that strangers cannot fill the memory. Safe to use from every
/// thread.</remarks>
internal sealed class CertificateJudge
{
    private const int VerdictsMax = 4096;

    private readonly CurrentDirectory _directory;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<VerdictKey, NodeId> _accepted = new();

    /// <summary>Makes a judge.</summary>
    /// <param name="directory">The directory that counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="authorities">Authorities to chain to; empty when the pin alone counts.</param>
    public CertificateJudge(CurrentDirectory directory, TimeProvider time, X509Certificate2Collection authorities) =>
        (_directory, _time, Authorities) = (directory, time, authorities);

    /// <summary>Authorities to chain to; empty when the pin alone counts.</summary>
    public X509Certificate2Collection Authorities { get; }

    /// <summary>Judges a certificate.</summary>
    /// <returns>The node that it belongs to, or what <see cref="CertificateVerdict.Of"/> refuses.</returns>
    public Result<NodeId> Judge(X509Certificate2? certificate, CertificateSide side)
    {
        var directory = _directory.Now;
        var now = _time.GetUtcNow();
        if (certificate is null)
        {
            return CertificateVerdict.Of(null, side, directory, now, Authorities);
        }

        var key = new VerdictKey(
            Digest.FromBytes(certificate.GetCertHash(HashAlgorithmName.SHA256)), side, directory.Version);
        if (_accepted.TryGetValue(key, out var known)
            && CertificateVerdict.IsInTime(certificate, now)
            && !directory.IsExpiredAt(now))
        {
            return known;
        }

        var verdict = CertificateVerdict.Of(certificate, side, directory, now, Authorities);
        if (verdict.TryGet(out var node, out _))
        {
            Remember(key, node);
        }

        return verdict;
    }

    private void Remember(VerdictKey key, NodeId node)
    {
        if (_accepted.Count >= VerdictsMax)
        {
            _accepted.Clear();
        }

        _accepted[key] = node;
    }

    private readonly record struct VerdictKey(Digest Thumbprint, CertificateSide Side, ulong DirectoryVersion);
}
