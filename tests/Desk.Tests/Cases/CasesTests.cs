using CbssReturn.Casework.Common;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Tests.Cases;

/// <summary>What whoever writes to the database can and cannot make of a case.</summary>
public sealed class CasesTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task GetConsent_ContentOfAnOlderVersionInTheNewestRow_IsRefused()
    {
        var caseId = await _network.AgreeAsync([_network.Receiver.Grant(Category.Services)]);
        var agreed = (await Origin.Store.GetNewestConsentAsync(caseId, default))!;
        await _network.AgreeAsync([_network.Receiver.Grant(Category.Identity)], caseId);
        var audit = (await Origin.Store.ReadAuditIntakeAsync(0, 1, default))[0] with { Sequence = 0 };

        var forged = await Origin.Store.CommitAsync(
            new NodeTransaction("forged", new AddConsent(agreed with { Version = 3 }), new AppendAuditIntake(audit)),
            default);

        Assert.True(forged.IsCommitted);
        Assert.Equal(
            RefusalCode.SealedContentCorrupt,
            (await Origin.Services.Consents.ShowAsync(Origin.Caseworker, caseId, default)).Refusal.Code);
    }
}
