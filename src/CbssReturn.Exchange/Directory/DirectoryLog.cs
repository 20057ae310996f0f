using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Directory;

/// <summary>Where a node's audit log can be checked, and by whom (docs/spec/directory.md, section 3).</summary>
public sealed record DirectoryLog
{
    /// <summary>The log's verifier key, of type Ed25519; its name is the origin of the log.</summary>
    public required VerifierKey LogKey { get; init; }

    /// <summary>The node that mirrors and checks the log: its country's focal point; null for none.</summary>
    public NodeId? HomeAuditor { get; init; }

    /// <summary>Another node that does; null for none.</summary>
    public NodeId? SecondAuditor { get; init; }

    /// <summary>The key with which the node cosigns other nodes' logs, of type cosignature/v1; null for a node that is
    /// no witness.</summary>
    public VerifierKey? WitnessKey { get; init; }

    /// <summary>When the node is switched on; null for always.</summary>
    public AwakeHours? Awake { get; init; }

    /// <summary>Name of the log.</summary>
    public string Origin => LogKey.Name;

    /// <summary>Whether a node may read the entries of this log.</summary>
    public bool IsAuditor(NodeId node) => node == HomeAuditor || node == SecondAuditor;
}
