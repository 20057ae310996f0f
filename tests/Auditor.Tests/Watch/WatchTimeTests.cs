using CbssReturn.AuditLog;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

/// <summary>No clock of reconciliation is one that a node can set.</summary>
public sealed class WatchTimeTests
{
    private readonly FakeTimeProvider _time = new(Sample.At);
    private readonly MemoryLog _sender = MemoryLog.Create(Sample.Origin, 1);
    private readonly MemoryLog _receiver = MemoryLog.Create(Sample.OtherOrigin, 2);

    [Fact]
    public async Task Watch_ReceiverWhoseEntriesStandStill_IsStillHeldToTheTimesAllowed()
    {
        // It omits PACKET_RECEIVED, and dates all that follows at the minute in which the packet came.
        var rig = await StartAsync();
        Send();
        for (var minute = 0; minute < 5 * 60; minute += 5)
        {
            await RoundAsync(rig, TimeSpan.FromMinutes(5), receiverAt: Sample.At);
        }

        Assert.Contains($"SENT_UNRECEIVED high {_sender.Origin} at 4", rig.Said);
    }

    [Theory]
    [InlineData(-40, true)]
    [InlineData(-2, false)]
    [InlineData(1, false)]
    public async Task Watch_HonestSenderWhoseClockIsWrong_AccusesNobody(int senderMinutes, bool isEntryRule)
    {
        var rig = await StartAsync();
        var at = Sample.At.AddMinutes(40 + senderMinutes);
        _time.Advance(TimeSpan.FromMinutes(40));
        _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Pending, _receiver, at));
        await RoundAsync(rig, TimeSpan.FromMinutes(1), senderAt: at);
        _receiver.Append(Packet(AuditEvent.PacketReceived, AuditOutcome.Done, _sender, Now));
        _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Done, _receiver, at));
        for (var minute = 0; minute < 5 * 60; minute += 5)
        {
            await RoundAsync(rig, TimeSpan.FromMinutes(5), senderAt: Now.AddMinutes(senderMinutes));
        }

        // A clock that is wrong by as much as is allowed is no matter; one that is not is that matter alone.
        Assert.Equal(isEntryRule ? [AlarmKind.EntryRule] : [], rig.Alarms.Select(alarm => alarm.Kind));
    }

    [Fact]
    public async Task Watch_EntriesOfTheFuture_BreakARuleByTheAuditorsClock()
    {
        var rig = await StartAsync();
        await RoundAsync(rig, TimeSpan.FromMinutes(1), receiverAt: Now.AddMinutes(5));

        Assert.Contains($"ENTRY_RULE high {_receiver.Origin} at 1", rig.Said);
    }

    [Fact]
    public async Task Watch_EntriesDatedLongBeforeTheLogWasLastSeen_BreakARule()
    {
        // Each is as old as the one before it, so the order of the entries alone does not show it.
        var rig = await StartAsync();
        for (var minute = 0; minute < 60; minute += 5)
        {
            await RoundAsync(rig, TimeSpan.FromMinutes(5), receiverAt: Sample.At);
        }

        var alarm = rig.Alarms.First(alarm => alarm.Kind == AlarmKind.EntryRule);
        Assert.Equal(_receiver.Origin, alarm.Origin);
    }

    private DateTimeOffset Now
    {
        get
        {
            var now = _time.GetUtcNow();
            return now.AddSeconds(-now.Second);
        }
    }

    private async Task<WatchRig> StartAsync()
    {
        foreach (var log in new[] { _sender, _receiver })
        {
            log.Append(Sample.Local((int)log.Size, Now));
            Witnesses.Publish(log, _time.GetUtcNow());
        }

        var rig = new WatchRig(_time, Witnesses.AskFor, _sender, _receiver);
        await rig.OpenAsync();
        await rig.RoundAsync();
        return rig;
    }

    private void Send()
    {
        _sender.Append(Sample.Local(2, Now));
        _sender.Append(Sample.Local(3, Now));
        _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Pending, _receiver, Now));
        _sender.Append(Packet(AuditEvent.PacketSent, AuditOutcome.Done, _receiver, Now));
    }

    private static LogEntry Packet(AuditEvent kind, AuditOutcome outcome, MemoryLog peer, DateTimeOffset at) =>
        Sample.Packet(kind, outcome, peer.Origin, 1, at);

    private async Task RoundAsync(
        WatchRig rig, TimeSpan step, DateTimeOffset? senderAt = null, DateTimeOffset? receiverAt = null)
    {
        _time.Advance(step);
        _sender.Append(Sample.Local((int)_sender.Size, senderAt ?? Now));
        _receiver.Append(Sample.Local((int)_receiver.Size, receiverAt ?? Now));
        Witnesses.Publish(_sender, _time.GetUtcNow());
        Witnesses.Publish(_receiver, _time.GetUtcNow());
        await rig.RoundAsync();
    }
}
