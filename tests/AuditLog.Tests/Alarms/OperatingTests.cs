using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Whoever is woken by an alarm finds it in docs/OPERATING.md.</summary>
public sealed class OperatingTests
{
    public static TheoryData<AlarmKind> Kinds => [.. Enum.GetValues<AlarmKind>().Skip(1)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Alarms_OfEveryKind_AreExplained(AlarmKind kind)
    {
        var rows = File.ReadLines(Repository.Combine("docs", "OPERATING.md"));

        Assert.Single(rows, row => row.StartsWith($"| {AlarmJson.NameOf(kind)} | ", StringComparison.Ordinal));
    }
}
