using System.Reflection;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Users;

/// <summary>Which role may do what. Every use case that takes an actor stands in the table; a new one makes the first
/// test fail until somebody has decided about it.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private static readonly Role[] Casework = [Role.Caseworker, Role.Supervisor, Role.ProgrammeOperator];
    private static readonly Role[] Correspondence = [.. Casework, Role.FocalPoint];
    private static readonly Role[] Administration = [Role.NodeAdministrator];
    private static readonly Role[] AuditReading = [Role.Auditor, Role.FocalPoint, Role.NodeAdministrator];

    private static readonly Dictionary<string, UseCase> UseCases = new()
    {
        ["Users.AddAsync"] = new(Administration, async (s, a, _) =>
            Code(await s.Users.AddAsync(a, "x.1", Role.Auditor, default))),
        ["Users.ListAsync"] = new(Administration, async (s, a, _) => Code(await s.Users.ListAsync(a, default))),
        ["Users.RemoveAsync"] = new(Administration, async (s, a, id) =>
            Code(await s.Users.RemoveAsync(a, id, default))),
        ["Consents.RecordAsync"] = new(Casework, async (s, a, id) =>
            Code(await s.Consents.RecordAsync(a, id, Consents.Terms(TestNetwork.Start), default))),
        ["Consents.ShowAsync"] = new(Casework, async (s, a, id) => Code(await s.Consents.ShowAsync(a, id, default))),
        ["Draft.DraftAsync"] = new(Casework, async (s, a, id) =>
            Code(await s.Draft.DraftAsync(a, Story.Draft(id, Member.Receiver.Id), default))),
        ["Draft.DraftAsync, an enquiry without a case"] = new(Correspondence, async (s, a, _) =>
            Code(await s.Draft.DraftAsync(a, Enquiry(null), default))),
        ["Draft.DraftAsync, an enquiry about a case"] = new(Casework, async (s, a, id) =>
            Code(await s.Draft.DraftAsync(a, Enquiry(id), default))),
        ["Draft.StopAsync"] = new(Casework, async (s, a, id) => (await s.Draft.StopAsync(a, id, default)).Code),
        ["Send.SendAsync"] = new(Casework, async (s, a, id) => Code(await s.Send.SendAsync(a, id, default))),
        ["Answer.SendAsync"] = new(Casework, async (s, a, id) =>
            Code(await s.Answer.SendAsync(a, id, Answers.Accepted.Value, default))),
        ["Answer.SendAsync, to an enquiry"] = new(Correspondence, async (s, a, id) =>
            Code(await s.Answer.SendAsync(a, id, Answers.Can.Value, default))),
        ["Movement.SendAsync"] = new(Casework, async (s, a, id) =>
            Code(await s.Movement.SendAsync(a, id, null, default))),
        ["List.ListAsync"] = new(Correspondence, async (s, a, _) => Code(await s.List.ListAsync(a, null, default))),
        ["Show.ShowAsync"] = new(Correspondence, async (s, a, id) => Code(await s.Show.ShowAsync(a, id, default))),
        ["Open.OpenAsync"] = new(Casework, async (s, a, id) =>
            Code(await s.Open.OpenAsync(a, id, Category.Services, Purpose.Reintegration, default))),
        ["Outbox.RetryAsync"] = new([.. Correspondence, .. Administration], async (s, a, id) =>
            Code(await s.Outbox.RetryAsync(a, id, default))),
        ["Details.ShowAsync"] = new(AuditReading, async (s, a, _) => Code(await s.Details.ShowAsync(a, 0, default))),
        ["Prove.ProveAsync"] = new([.. Correspondence, .. AuditReading], async (s, a, _) =>
            Code(await s.Prove.ProveAsync(a, Sealing.PacketId.NewRandom(), default))),
        ["Outbox.CancelAsync"] = new(Correspondence, async (s, a, id) =>
            Code(await s.Outbox.CancelAsync(a, id, default))),
    };

    private TestNetwork _network = null!;  // set before any test runs

    public static TheoryData<string> Names => [.. UseCases.Keys];

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync(1);

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public void Table_OfUseCases_HoldsEveryOneThatTakesAnActor()
    {
        var methods =
            from property in typeof(NodeServices).GetProperties()
            from method in property.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            where method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor))
            select $"{property.Name}.{method.Name}";

        Assert.Equal(
            methods.Order(StringComparer.Ordinal),
            UseCases.Keys.Select(name => name.Split(',')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task UseCase_EachRole_MayOrMayNotAsWritten(string name)
    {
        var (allowed, call) = UseCases[name];
        foreach (var role in Enum.GetValues<Role>())
        {
            var code = await call(_network.Origin.Services, _network.Origin.Act(role), RowId.New(_network.Time));

            Assert.True(allowed.Contains(role) != (code is RefusalCode.RoleMayNot), $"{name}, {role}: {code}");
        }
    }

    private static Desk.Referrals.ReferralDraft Enquiry(RowId? caseId) => Story.Draft(caseId, Member.Receiver.Id) with
    {
        Stage = DisclosureStage.Enquiry,
        Enquiry = Answers.Question,
    };

    private static RefusalCode? Code<T>(Result<T> result)
        where T : notnull => result.IsOk ? null : result.Refusal.Code;

    private sealed record UseCase(Role[] Allowed, Func<NodeServices, Actor, RowId, Task<RefusalCode?>> Call);
}
