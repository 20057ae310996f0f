using System.Collections.Immutable;
using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

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

    /// <summary>Whether checkpoints may be signed.</summary>
    public AuditLogState State { get; init; } = AuditLogState.Signing;

    /// <summary>Whether nothing is signed until others have answered what they have seen.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>Whether somebody else seems to sign with the log's key, since the node started.</summary>
    public bool IsKeyMisused { get; init; }

    /// <summary>Why the log cannot be gone on with; null when it can.</summary>
    public RefusalCode? Fault { get; init; }

    /// <summary>The auditors that were pushed to.</summary>
    public ImmutableDictionary<NodeId, AuditorContact> Auditors { get; init; } =
        ImmutableDictionary<NodeId, AuditorContact>.Empty;

    /// <summary>How many witnesses make a quorum.</summary>
    public int Quorum => DirectoryLogs.Quorum(Witnesses);

    /// <summary>What needs a person.</summary>
    public IEnumerable<RefusalCode> Problems()
    {
        if (State != AuditLogState.Signing)
        {
            yield return State == AuditLogState.Forked ? RefusalCode.SplitView : RefusalCode.LogRolledBack;
        }

        if (Fault is { } fault)
        {
            yield return fault;
        }

        if (IsKeyMisused)
        {
            yield return RefusalCode.LogKeyMisused;
        }

        if (IsWaiting)
        {
            yield return RefusalCode.LogUnasked;
        }

        if (UnwitnessedSince is not null)
        {
            yield return RefusalCode.QuorumMissing;
        }
    }
}
