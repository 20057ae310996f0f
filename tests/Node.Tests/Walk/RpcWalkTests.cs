using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Exchange.V1;
using Google.Protobuf.Reflection;

namespace CbssReturn.Node.Tests.Walk;

/// <summary>Walks every call that a node takes, over real connections, and compares what it leaves in the audit intake,
/// entry by entry. A call that is not in the table fails the first test until somebody has written down what it
/// notes.</summary>
public sealed class RpcWalkTests
{
    private static readonly ServiceDescriptor[] Services =
    [
        ExchangeService.Descriptor, AuditLogService.Descriptor, WitnessService.Descriptor,
        ReconciliationService.Descriptor, DeskService.Descriptor,
    ];

    private static readonly Dictionary<string, RpcRow> Rows =
        new[] { PeerRpcs.Rows, DeskRpcs.Rows }.SelectMany(rows => rows).ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Fact]
    public void Table_OfCalls_HoldsEveryOne()
    {
        // Whatever service the wire types hold, so that a new one is not forgotten either.
        var services = typeof(DeskService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .ToArray();
        var calls = services.SelectMany(service => service.Methods)
            .Select(method => $"{method.Service.Name}.{method.Name}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            Services.Select(service => service.FullName).Order(), services.Select(service => service.FullName).Order());
        Assert.Equal(calls, Rows.Keys.Select(row => row.Split(',')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_OfARow_LeavesExactlyTheEntriesOfItsRow(string name)
    {
        await using var scene = await RpcScene.CreateAsync();
        var row = Rows[name];

        await row.Do(scene);

        Assert.Equal(row.Here, await scene.Here.SinceMarkAsync());
        Assert.Equal(row.There, await scene.There.SinceMarkAsync());
    }
}
