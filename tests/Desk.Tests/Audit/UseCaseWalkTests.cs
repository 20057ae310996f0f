using System.Reflection;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>Walks every use case and compares what it leaves in the audit intake, entry by entry. A use case that is
/// not in the table fails the first test until somebody has written down what it notes.</summary>
public sealed class UseCaseWalkTests
{
    // Not use cases: what all of them work with, and a bell.
    private static readonly Type[] NoUseCases = [typeof(NodeContext), typeof(OutboxSignal)];

    private static readonly Dictionary<string, WalkRow> Rows =
        new[] { UseCaseWalk.People, WorkerWalk.Outbox, WorkerWalk.Peers, WorkerWalk.Keys, LogWalk.Rows }
            .SelectMany(rows => rows)
            .ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Fact]
    public void Table_OfUseCases_HoldsEveryOne()
    {
        var methods = UseCases().Select(pair => pair.Name).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(methods, Rows.Keys.Select(NameIn).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_OfUseCasesThatAPersonAsksFor_HoldsTheDenialAsWell()
    {
        var asked = UseCases()
            .Where(pair => pair.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor)))
            .Select(pair => pair.Name)
            .ToArray();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains($"{name}, denied", Rows.Keys));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task UseCase_Called_LeavesExactlyTheEntriesOfItsRow(string name)
    {
        await using var network = await TestNetwork.StartAsync();
        var scene = new Scene(network);
        var row = Rows[name];

        await row.Do(scene);

        Assert.Equal(row.AtOrigin, await scene.SinceMarkAsync(network.Origin));
        Assert.Equal(row.AtReceiver, await scene.SinceMarkAsync(network.Receiver));
    }

    [Fact]
    public async Task Transaction_OfAUseCaseThatNotesNothing_IsRefusedByTheStore()
    {
        await using var network = await TestNetwork.StartAsync(1);
        var change = new PutMeta("somebody.thing", new byte[1]);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            network.Origin.Store.CommitAsync(new NodeTransaction("case-rename", change), default));
        await Assert.ThrowsAsync<ArgumentException>(() => network.Origin.Store.CommitAsync(
            new NodeTransaction(HouseKeeping.Meta, new RemoveUser(RowId.New(network.Time), network.Now)), default));

        Assert.Null(await network.Origin.Store.GetMetaAsync(change.Key, default));
    }

    private static IEnumerable<(string Name, MethodInfo Method)> UseCases() =>
        from property in typeof(NodeServices).GetProperties()
        where !NoUseCases.Contains(property.PropertyType)
        from method in property.PropertyType.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && method.Name is not nameof(IDisposable.Dispose)
        select ($"{property.Name}.{method.Name}", method);

    private static string NameIn(string row) => row.Split(',')[0];
}
