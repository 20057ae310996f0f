using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using CbssReturn.Node.Certificates;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tls;

/// <summary>This node's TLS certificate, for both sides, exchanged while the node runs.</summary>
/// <remarks>Every new handshake takes the context that is there at that moment; handshakes and connections that began
/// with an earlier one keep it, so an earlier certificate is left to the garbage collector instead of being
/// disposed.</remarks>
internal sealed class OwnCertificate
{
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly TimeProvider _time;

    private volatile Loaded _now;

    private OwnCertificate(string certificatePath, string keyPath, TimeProvider time, Loaded first) =>
        (_certificatePath, _keyPath, _time, _now) = (certificatePath, keyPath, time, first);

    /// <summary>Raised after another certificate took the place of the one before.</summary>
    public event EventHandler? Changed;

    /// <summary>What handshakes use from now on.</summary>
    public SslStreamCertificateContext Context => _now.Context;

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, as the directory must pin it.</summary>
    public Digest Pin => _now.Pin;

    /// <summary>When the certificate ends, in UTC.</summary>
    public DateTimeOffset ExpiresAt => _now.Context.TargetCertificate.NotAfter.ToUniversalTime();

    /// <summary>Whether the certificate counts now.</summary>
    public bool IsInTime => CertificateVerdict.IsInTime(_now.Context.TargetCertificate, _time.GetUtcNow());

    /// <summary>Loads the certificate for the first time.</summary>
    /// <returns>The holder, or a refusal with <see cref="RefusalCode.CertificateUnusable"/>,
    /// <see cref="RefusalCode.SecretUnreadable"/> or <see cref="RefusalCode.PermissionsTooWide"/>.</returns>
    public static Result<OwnCertificate> Load(string certificatePath, string keyPath, TimeProvider time) =>
        Read(certificatePath, keyPath, time)
            .Then<OwnCertificate>(first => new OwnCertificate(certificatePath, keyPath, time, first));

    /// <summary>Loads it again. When that fails the one in use stays.</summary>
    /// <returns>True when another certificate is in use now, false when the file holds the same one, or a refusal as
    /// from <see cref="Load"/>.</returns>
    public Result<bool> Reload()
    {
        if (!Read(_certificatePath, _keyPath, _time).TryGet(out var next, out var refusal))
        {
            return refusal;
        }

        var current = _now.Context.TargetCertificate.RawDataMemory.Span;
        if (next.Context.TargetCertificate.RawDataMemory.Span.SequenceEqual(current))
        {
            return false;
        }

        _now = next;
        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP001", Justification = "Handshakes under way may use it for long.")]
    private static Result<Loaded> Read(string certificatePath, string keyPath, TimeProvider time)
    {
        if (!CertificateFiles.ReadWithKey(certificatePath, keyPath).TryGet(out var certificate, out var refusal))
        {
            return refusal;
        }

        if (!PinnedKey.IsCurveP256(certificate) || !CertificateVerdict.IsInTime(certificate, time.GetUtcNow()))
        {
            certificate.Dispose();
            return new Refusal(
                RefusalCode.CertificateUnusable, "The node's TLS certificate is not ECDSA P-256 or not valid now.");
        }

        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        return new Loaded(context, Digest.FromBytes(PinnedKey.PinOf(certificate)));
    }

    private sealed record Loaded(SslStreamCertificateContext Context, Digest Pin);
}
