using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Tls;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Grpc.Health.V1;
using Grpc.HealthCheck;

namespace CbssReturn.Node.Hosting;

/// <summary>Knows what stands in the way of sending a packet. Ready means that one can be sent. Safe to use from every
/// thread.</summary>
internal sealed class NodeReadiness(
    NodeId self,
    KeyId identity,
    CurrentDirectory directory,
    OwnCertificate certificate,
    AuditBoard audit,
    HealthServiceImpl health,
    ILogger log)
{
    // Written by the host and the directory worker, read by everybody.
    private volatile bool _isServing;
    private volatile string _told = string.Empty;
    private int _directoryRefusal;

    /// <summary>Whether the node has started and does not stop.</summary>
    public bool IsServing
    {
        get => _isServing;
        set
        {
            _isServing = value;
            Refresh();
        }
    }

    /// <summary>Why the newest directory file was not applied; null when it was.</summary>
    public RefusalCode? DirectoryRefusal
    {
        get => Volatile.Read(ref _directoryRefusal) is > 0 and var code ? (RefusalCode)code : null;
        set => Volatile.Write(ref _directoryRefusal, (int)(value ?? RefusalCode.Unspecified));
    }

    /// <summary>What needs a person: what stands in the way of sending, the most fundamental first, then why a newer
    /// directory is not in force, which nobody would notice before the old one ends, and what is wrong with the audit
    /// log, which keeps nobody from being helped.</summary>
    public IReadOnlyList<RefusalCode> Problems()
    {
        IEnumerable<RefusalCode> directory = DirectoryRefusal is { } refusal ? [refusal] : [];
        return [.. Obstacles().Concat(directory).Concat(audit.Now.Problems()).Distinct()];
    }

    /// <summary>What stands in the way of sending, the most fundamental first; empty when ready.</summary>
    public IReadOnlyList<RefusalCode> Obstacles()
    {
        var problems = new List<RefusalCode>();
        if (!_isServing)
        {
            problems.Add(RefusalCode.NodeNotReady);
        }

        if (!certificate.IsInTime)
        {
            problems.Add(RefusalCode.CertificateUnusable);
        }

        var now = directory.Now;
        if (directory.IsExpired)
        {
            // Before the first directory the reason why there is none says more.
            var reason = now.Version == 0 ? DirectoryRefusal : null;
            problems.Add(reason ?? RefusalCode.DirectoryExpired);
        }
        else if (!now.TryFind(self, out var node)
            || !node.ActiveKeys.Any(key => key.Kid == identity)
            || !node.Pins.Contains(certificate.Pin))
        {
            problems.Add(RefusalCode.NodeNotInDirectory);
        }
        else if (node.IsSuspended)
        {
            problems.Add(RefusalCode.PeerSuspended);
        }

        return problems;
    }

    /// <summary>Looks again and tells the health service.</summary>
    public void Refresh()
    {
        var problems = Problems();
        health.SetStatus(
            string.Empty,
            Obstacles().Count == 0
                ? HealthCheckResponse.Types.ServingStatus.Serving
                : HealthCheckResponse.Types.ServingStatus.NotServing);
        var text = problems.Count == 0 ? "none" : string.Join(' ', problems.Select(code => $"CB-{(int)code:D4}"));
        if (text != _told)
        {
            _told = text;
            NodeLog.ProblemsChanged(log, text);
        }
    }
}
