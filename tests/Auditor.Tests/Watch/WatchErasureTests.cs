using CbssReturn.AuditLog;
using CbssReturn.Auditor.Verify;
using CbssReturn.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

/// <summary>Entries that say that a detail was erased which was never there.</summary>
public sealed class WatchErasureTests
{
    private readonly FakeTimeProvider _time = new(Sample.At.AddMinutes(5));

    [Fact]
    public async Task Watch_AThousandFalseErasures_RaisesSixteen()
    {
        var log = Sample.Log(300);
        for (var i = 0; i < 1000; i++)
        {
            log.Append(Erasure(i % 300, Digest.Of([7])));
        }

        _time.Advance(TimeSpan.FromHours(2));
        log.Publish();

        var rig = await RunAsync(log);

        Assert.Equal(
            Enumerable.Range(300, 16).Select(index => $"ENTRY_RULE high {log.Origin} at {index}"), rig.Said);
        Assert.All(rig.Alarms, alarm => Assert.True(
            EvidenceCheck.Check(alarm, WitnessPolicy.Of([log.Key], [], 0).Value).IsOk));
    }

    [Fact]
    public async Task Watch_ErasuresOfDetailsThatWereThere_AreNoAlarm()
    {
        var log = Sample.Log(300);
        for (var i = 0; i < 300; i++)
        {
            log.Append(Erasure(i, Sample.Local(i).Detail!.Value));
        }

        _time.Advance(TimeSpan.FromHours(2));
        log.Publish();

        Assert.Empty((await RunAsync(log)).Alarms);
    }

    private static LogEntry Erasure(int target, Digest detail) => new()
    {
        Event = AuditEvent.DetailErased,
        Outcome = AuditOutcome.Done,
        At = Sample.At.AddMinutes(75),
        Tag = detail,
        Index = target,
    };

    private async Task<WatchRig> RunAsync(MemoryLog log)
    {
        var rig = new WatchRig(_time, log);
        await rig.OpenAsync();
        await rig.RoundAsync();
        return rig;
    }
}
