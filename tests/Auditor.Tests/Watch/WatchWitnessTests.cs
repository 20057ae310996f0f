using CbssReturn.AuditLog;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

/// <summary>Moments that witnesses give, when one of them gives a wrong one, when they are too few, and when a
/// checkpoint is seen long after they gave them.</summary>
public sealed class WatchWitnessTests
{
    private readonly FakeTimeProvider _time = new(Sample.At);
    private readonly MemoryLog _sender = MemoryLog.Create(Sample.Origin, 1);
    private readonly MemoryLog _receiver = MemoryLog.Create(Sample.OtherOrigin, 2);

    [Fact]
    public async Task Watch_OneWitnessDatesBack_AccusesNobody()
    {
        // Exactly a quorum cosigns, so the moment of the one whose clock is wrong is that of the quorum.
        var rig = await StartAsync(DatedBack, DatedBack);
        Send();
        for (var minute = 0; minute < 30; minute++)
        {
            await RoundAsync(rig, TimeSpan.FromMinutes(1), DatedBack, DatedBack);
            if (minute == 1)
            {
                _receiver.Append(Packet(AuditEvent.PacketReceived, AuditOutcome.Done, _sender));
            }
        }

        AssertUnwitnessedOnly(rig);
    }

    [Fact]
    public async Task Watch_LogWithAFrozenCosignature_IsStillHeldToItsTimes()
    {
        // The receiver omits PACKET_RECEIVED. One witness helps it: it signs each checkpoint at the same second.
        var rig = await StartAsync(Fresh, Frozen);
        Send();
        _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Done, _receiver));
        for (var minute = 0; minute < 5 * 60; minute += 5)
        {
            await RoundAsync(rig, TimeSpan.FromMinutes(5), Fresh, Frozen, receiverAt: Sample.At);
        }

        Assert.Contains($"SENT_UNRECEIVED high {_sender.Origin} at 2", rig.Said);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_OldCheckpointFirstSeenLate_AccusesNobody(bool isCosigned)
    {
        // The receiver's checkpoint of the first minute reaches the auditor half an hour late, all later ones after it.
        var rig = await StartAsync(Fresh, Fresh);
        _receiver.Append(Sample.Local(2, Now.AddMinutes(1)));
        _receiver.Publish();
        Witnesses.Cosign(_receiver, isCosigned ? Fresh() : []);
        _receiver.IsUnreachable = true;
        Send();
        _receiver.Append(Packet(AuditEvent.PacketReceived, AuditOutcome.Done, _sender, Now.AddMinutes(2)));
        _time.Advance(TimeSpan.FromMinutes(3));
        _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Done, _receiver));
        for (var minute = 3; minute < 30; minute++)
        {
            await RoundOfAsync(rig, _sender);
        }

        _receiver.IsUnreachable = false;
        await RoundOfAsync(rig, _sender);
        _receiver.Append(Sample.Local(9, Now));
        await RoundOfAsync(rig, _sender, _receiver);
        await RoundOfAsync(rig, _sender, _receiver);

        Assert.All(rig.Alarms, alarm => Assert.True(
            alarm.Kind is AlarmKind.Unwitnessed or AlarmKind.Stale, alarm.ToString()));
    }

    private DateTimeOffset Now
    {
        get
        {
            var now = _time.GetUtcNow();
            return now.AddSeconds(-now.Second);
        }
    }

    private DateTimeOffset[] Fresh() => [.. Enumerable.Repeat(_time.GetUtcNow(), Witnesses.Quorum)];

    private DateTimeOffset[] DatedBack() => [_time.GetUtcNow(), _time.GetUtcNow(), _time.GetUtcNow().AddHours(-5)];

    private DateTimeOffset[] Frozen() => [_time.GetUtcNow(), _time.GetUtcNow(), Sample.At];

    private static void AssertUnwitnessedOnly(WatchRig rig) =>
        Assert.All(rig.Alarms, alarm => Assert.True(alarm.Kind == AlarmKind.Unwitnessed, alarm.ToString()));

    private async Task<WatchRig> StartAsync(Func<DateTimeOffset[]> sender, Func<DateTimeOffset[]> receiver)
    {
        foreach (var (log, moments) in new[] { (_sender, sender), (_receiver, receiver) })
        {
            log.Append(Sample.Local((int)log.Size, Now));
            log.Publish();
            Witnesses.Cosign(log, moments());
        }

        var rig = new WatchRig(_time, Witnesses.AskFor, _sender, _receiver);
        await rig.OpenAsync();
        await rig.RoundAsync();
        return rig;
    }

    private void Send() => _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Pending, _receiver));

    private LogEntry Packet(AuditEvent kind, AuditOutcome outcome, MemoryLog peer, DateTimeOffset? at = null) =>
        Sample.Packet(kind, outcome, peer.Origin, 1, at ?? Now);

    private async Task RoundAsync(
        WatchRig rig,
        TimeSpan step,
        Func<DateTimeOffset[]> sender,
        Func<DateTimeOffset[]> receiver,
        DateTimeOffset? receiverAt = null)
    {
        _time.Advance(step);
        foreach (var (log, at, moments) in new[] { (_sender, Now, sender), (_receiver, receiverAt ?? Now, receiver) })
        {
            log.Append(Sample.Local((int)log.Size, at));
            log.Publish();
            Witnesses.Cosign(log, moments());
        }

        await rig.RoundAsync();
    }

    private async Task RoundOfAsync(WatchRig rig, params MemoryLog[] logs)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        foreach (var log in logs)
        {
            log.Append(Sample.Local((int)log.Size, Now));
            Witnesses.Publish(log, _time.GetUtcNow());
        }

        await rig.RoundAsync();
    }
}
