using System.Diagnostics.CodeAnalysis;
using CbssReturn.AuditLog;
using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>What the directory says about audit logs as a whole.</summary>
public static class DirectoryLogs
{
    /// <summary>Finds the node that keeps a log, suspended or not: what it once said is still to be judged.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="origin">Name of the log.</param>
    /// <param name="node">The node, or null.</param>
    public static bool TryFindLog(
        this NodeDirectory directory, string origin, [NotNullWhen(true)] out DirectoryNode? node)
    {
        ArgumentNullException.ThrowIfNull(directory);
        node = directory.Nodes.FirstOrDefault(one => one.Log is { } log && log.Origin == origin);
        return node is not null;
    }

    /// <summary>The nodes that cosign logs, in the order of the directory; those that are suspended do not count.
    /// </summary>
    public static IReadOnlyList<LogWitness> Witnesses(this NodeDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return
        [
            .. directory.Nodes
                .Where(node => !node.IsSuspended && node.Log?.WitnessKey is not null)
                .Select(node => new LogWitness(node.Id, node.Log!.WitnessKey!)),  // asked just above
        ];
    }

    /// <summary>The nodes that hold a mirror of a log, its home auditor first; those that are suspended do not count.
    /// </summary>
    public static IReadOnlyList<NodeId> Auditors(this NodeDirectory directory, DirectoryLog log)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(log);
        return
        [
            .. new[] { log.HomeAuditor, log.SecondAuditor }
                .OfType<NodeId>()
                .Where(auditor => directory.TryFind(auditor, out var node) && !node.IsSuspended),
        ];
    }

    /// <summary>The nodes that hold a mirror of a node's log, as <see cref="Auditors"/> has it, without the node
    /// itself; none when it keeps no log or is not in the directory.</summary>
    public static IReadOnlyList<NodeId> AuditorsOf(this NodeDirectory directory, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return directory.TryFind(node, out var entry) && entry.Log is { } log
            ? [.. directory.Auditors(log).Where(auditor => auditor != node)]
            : [];
    }

    /// <summary>How many witnesses must have cosigned a checkpoint so that no two can be shown that contradict each
    /// other while fewer than a third of the witnesses lie: 1 + ⌊2n/3⌋; 0 of none.</summary>
    /// <param name="witnesses">How many there are.</param>
    public static int Quorum(int witnesses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(witnesses);
        return witnesses == 0 ? 0 : WitnessPolicy.QuorumOf(witnesses);
    }
}
