using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Files;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Tls;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Workers;

/// <summary>Takes up a changed directory and a renewed TLS certificate within a second, ends all connections when the
/// directory has ended, and keeps the readiness current.</summary>
internal sealed class DirectoryWorker(
    string directoryPath,
    CurrentDirectory directory,
    FileWatch certificateFiles,
    OwnCertificate certificate,
    NodeReadiness readiness,
    Func<ulong, CancellationToken, Task> keepVersion,
    Action endConnections,
    TimeProvider time,
    ILogger log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly FileWatch _directoryFile = new(directoryPath);
    private ulong _keptVersion;

    // What was told last, so that a file that stays unusable is told once.
    private RefusalCode? _certificateRefusal;

    /// <summary>Runs until the node stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        await WorkerLoop.RunAsync(
            nameof(DirectoryWorker),
            async ct =>
            {
                await LookAsync(ct);
                await timer.WaitForNextTickAsync(ct);
            },
            time,
            log,
            stopping);
    }

    /// <summary>Looks once. The host does so before it takes calls.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        if (certificateFiles.HasChanged())
        {
            Renew();
        }

        if (_directoryFile.HasChanged())
        {
            Apply();
        }

        if (directory.IsExpired)
        {
            // At every look: a handshake may have been under way at the last one.
            endConnections();
        }

        try
        {
            // Before anybody is told: a node that is stopped now must not go back behind this directory.
            var version = directory.Now.Version;
            if (version > _keptVersion)
            {
                await keepVersion(version, ct);
                _keptVersion = version;
            }
        }
        finally
        {
            readiness.Refresh();
        }
    }

    private void Renew()
    {
        var before = _certificateRefusal;
        var renewed = certificate.Reload();
        _certificateRefusal = renewed.TryGet(out var isOther, out var refusal) ? null : refusal.Code;
        if (refusal is not null)
        {
            certificateFiles.Forget();
            if (refusal.Code != before)
            {
                NodeLog.CertificateRefused(log, refusal.Code);
            }
        }
        else if (isOther)
        {
            NodeLog.CertificateRenewed(log, certificate.ExpiresAt);
        }
    }

    private void Apply()
    {
        var (before, refusedBefore) = (directory.Now.Version, readiness.DirectoryRefusal);
        var applied = PrivateFiles
            .ReadPublic(directoryPath, NodeDirectory.SizeBytesMax, RefusalCode.DirectoryMalformed)
            .Then(content => directory.Apply(content));
        readiness.DirectoryRefusal = applied.TryGet(out _, out var refusal) ? null : refusal.Code;
        if (refusal is not null)
        {
            _directoryFile.Forget();
            if (refusal.Code != refusedBefore)
            {
                NodeLog.DirectoryRefused(log, refusal.Code);
            }
        }
        else if (directory.Now.Version != before)
        {
            NodeLog.DirectoryApplied(log, directory.Now.Version, directory.Now.Nodes.Count);
        }
    }
}
