using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

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

    /// <summary>May look into the audit log, and nothing else.</summary>
    public Actor Auditor { get; } = network.Origin.Act(Role.Auditor);

    public RowId NoId { get; } = RowId.New(network.Time);

    /// <summary>Starts a node's publisher, which the caller disposes.</summary>
    public Task<TestPublisher> PublisherAsync(TestNode node) => TestPublisher.BeginAsync(node, network.Time);

    /// <summary>Has the origin believe that it had another identity key when it started last.</summary>
    public async Task ForgetIdentityAsync() => Assert.True((await Origin.Store.CommitAsync(
        new NodeTransaction(HouseKeeping.Meta, new PutMeta("identity.kid", new byte[32])), default)).IsCommitted);

    public async Task<RowId> AnyUserAsync() =>
        (await Services.Users.ListAsync(Administrator, default)).Value[0].UserId;

    /// <summary>The setting is complete: from here on every entry counts.</summary>
    public async Task MarkAsync()
    {
        _before[Origin] = (await Noted.ReadAsync(Origin)).Count;
        _before[Receiver] = (await Noted.ReadAsync(Receiver)).Count;
    }

    /// <summary>What a node noted since the mark, or in all when there is none.</summary>
    public async Task<IReadOnlyList<Noted>> SinceMarkAsync(TestNode node)
    {
        // The keys of the first day are made while a network starts.
        var entries = await Noted.ReadAsync(node);
        return [.. entries.Skip(_before.GetValueOrDefault(node, entries.Count))];
    }
}
