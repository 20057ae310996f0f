using System.Reflection;
using System.Text.Json;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Desk;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Hosting;

namespace CbssReturn.Node.Endpoints;

/// <summary>Tells the desk how the node is.</summary>
internal sealed class NodeStatus(NodeCondition condition, NodeServices services)
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
        };
    }

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
