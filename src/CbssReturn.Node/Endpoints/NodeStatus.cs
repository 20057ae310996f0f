using System.Reflection;
using System.Text.Json;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Desk;
using CbssReturn.Desk.Audit;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Workers;
using CbssReturn.Sealing;
using Rows = CbssReturn.Storage.Rows;

namespace CbssReturn.Node.Endpoints;

/// <summary>Tells the desk how the node is.</summary>
internal sealed class NodeStatus(NodeCondition condition, NodeServices services, LogIdentity log)
{
    private static readonly string Version =
        typeof(NodeStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? string.Empty;

    /// <summary>Reads the status.</summary>
    public async Task<GetStatusResponse> ReadAsync(CancellationToken ct)
    {
        var directory = condition.Directory.Now;
        var problems = condition.Readiness.Problems();
        return new GetStatusResponse
        {
            NodeId = condition.Self.ToString(),
            Country = condition.Country,
            Version = Version,
            DirectoryVersion = directory.Version,
            DirectoryExpiresAt = DeskForm.Seconds(directory.ExpiresAt),
            EpochKeysUntilDay = services.Keys.PublishedUntilDay,
            TlsExpiresAt = DeskForm.Seconds(condition.Certificate.ExpiresAt),
            OutboxWaiting = (uint)await services.Node.Store.CountOutboxWaitingAsync(ct),
            Quarantined = (uint)await services.Node.Store.CountQuarantinedAsync(ct),
            Ready = condition.Readiness.Obstacles().Count == 0,
            Problems = { problems.Select(code => DeskForm.CodeText(code)) },
            Peers = { directory.Nodes.Where(node => node.Id != condition.Self).Select(PeerOf) },
            AuditLog = await LogAsync(ct),
        };
    }

    private static AuditorStatus AuditorOf(KeyValuePair<NodeId, AuditorContact> auditor) => new()
    {
        NodeId = auditor.Key.ToString(),
        EntriesHeld = (ulong)auditor.Value.Held,
        ReachedAt = DeskForm.Seconds(auditor.Value.ReachedAt),
        LastCode = DeskForm.CodeText(auditor.Value.LastCode),
    };

    private static AuditLogState StateOf(AuditCondition now) => now.State switch
    {
        Rows.AuditLogState.RolledBack => AuditLogState.RolledBack,
        Rows.AuditLogState.Forked => AuditLogState.Forked,
        _ => now.IsWaiting ? AuditLogState.Waiting : AuditLogState.Signing,
    };

    private async Task<AuditLogStatus> LogAsync(CancellationToken ct)
    {
        var now = condition.Audit.Now;
        return new AuditLogStatus
        {
            Origin = log.Origin,
            State = StateOf(now),
            Size = (ulong)(await services.Node.Audit.GetAuditHeadAsync(ct)).Size,
            IntakeWaiting = (ulong)await services.Node.Audit.CountAuditIntakeAsync(ct),
            CheckpointSize = (ulong)(now.Newest?.Size ?? 0),
            CheckpointAt = DeskForm.Seconds(now.Newest?.At),
            Cosigned = (uint)now.Cosigned,
            Witnesses = (uint)now.Witnesses,
            Quorum = (uint)now.Quorum,
            UnwitnessedSince = DeskForm.Seconds(now.UnwitnessedSince),
            Auditors = { now.Auditors.Select(AuditorOf) },
            CosignedBy = { CosignersOf(now.Newest) },
            Problems = { now.Problems().Select(code => DeskForm.CodeText(code)) },
        };
    }

    private IEnumerable<string> CosignersOf(SignedCheckpoint? newest) => condition.Directory.Now.Witnesses()
        .Where(witness => newest?.Note.Signatures.Any(line => line.IsOf(witness.Key)) is true)
        .Select(witness => witness.Node.ToString());

    private PeerStatus PeerOf(DirectoryNode node)
    {
        var contact = condition.Board.Of(node.Id);
        return new PeerStatus
        {
            NodeId = node.Id.ToString(),
            Country = node.Country,
            Kind = JsonNamingPolicy.SnakeCaseUpper.ConvertName(node.Kind.ToString()),
            LastContactAt = DeskForm.Seconds(contact.LastContactAt),
            LastCode = DeskForm.CodeText(contact.LastCode),
        };
    }
}
