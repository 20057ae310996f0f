using System.Collections.Immutable;
using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>How this node's audit log stands with the world outside. Immutable.</summary>
internal sealed record AuditCondition
{
    /// <summary>The newest signed checkpoint; null before the first.</summary>
    public SignedCheckpoint? Newest { get; init; }

    /// <summary>Witnesses in the directory.</summary>
    public int Witnesses { get; init; }

    /// <summary>Those of them that have cosigned the newest checkpoint.</summary>
    public int Cosigned { get; init; }

    /// <summary>Since when no checkpoint has had a quorum, in UTC; null while one has.</summary>
    public DateTimeOffset? UnwitnessedSince { get; init; }

    /// <summary>Whether others have seen more of the log than the node knows, so that it signs nothing.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>The auditors that were pushed to.</summary>
    public ImmutableDictionary<NodeId, AuditorContact> Auditors { get; init; } =
        ImmutableDictionary<NodeId, AuditorContact>.Empty;

    /// <summary>How many witnesses make a quorum.</summary>
    public int Quorum => DirectoryLogs.Quorum(Witnesses);

    /// <summary>What needs a person.</summary>
    public IEnumerable<RefusalCode> Problems()
    {
        if (IsRolledBack)
        {
            yield return RefusalCode.LogRolledBack;
        }

        if (UnwitnessedSince is not null)
        {
            yield return RefusalCode.QuorumMissing;
        }
    }
}
