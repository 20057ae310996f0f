using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>Two nodes on which one row of the table is driven; what is set up before the mark does not count.</summary>
internal sealed class Scene(TestNetwork network)
{
    private readonly Dictionary<TestNode, int> _before = [];

    public TestNetwork Network => network;

    public TestNode Origin => network.Origin;

    public TestNode Receiver => network.Receiver;

    public NodeServices Services => Origin.Services;

    public Actor Caseworker => Origin.Caseworker;

    public Actor Administrator { get; } = network.Origin.Act(Role.NodeAdministrator);

    /// <summary>May do nothing of what the desk offers but look at the audit log.</summary>
    public Actor Stranger { get; } = network.Origin.Act(Role.SecurityOfficer);

    public RowId NoId { get; } = RowId.New(network.Time);

    /// <summary>The setting is complete: from here on every entry counts.</summary>
    public async Task MarkAsync()
    {
        _before[Origin] = (await ReadAsync(Origin)).Count;
        _before[Receiver] = (await ReadAsync(Receiver)).Count;
    }

    /// <summary>What a node noted since the mark, or in all when there is none.</summary>
    public async Task<IReadOnlyList<Noted>> SinceMarkAsync(TestNode node)
    {
        // The keys of the first day are made while a network starts.
        var entries = await ReadAsync(node);
        return [.. entries.Skip(_before.GetValueOrDefault(node, entries.Count))];
    }

    private static async Task<IReadOnlyList<Noted>> ReadAsync(TestNode node)
    {
        var rows = await node.Store.ReadAuditIntakeAsync(0, StoreLimits.ListMax, default);
        var entries = rows.Select(row => AuditEntry.Open(node.Keys, row));
        return [.. entries.Select(entry => new Noted(entry.Row.Event, entry.Row.Outcome, entry.Kind))];
    }
}
