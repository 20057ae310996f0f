using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;
using CbssReturn.Auditor.Verify;
using CbssReturn.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

/// <summary>A claim needs its proof before it accuses: receipts are held against the logs that gave them.</summary>
public sealed class WatchReceiptTests
{
    private readonly FakeTimeProvider _time = new(Sample.At);
    private readonly MemoryLog _sender = Sample.Log(0);
    private readonly MemoryLog _receiver = Sample.Log(0, Sample.OtherOrigin, seed: 2);
    private readonly Shelf _shelf = new();

    [Fact]
    public async Task Watch_ReceiptOfALogThatContinues_IsNoAlarm()
    {
        Receive(_receiver);
        await PutAsync(_receiver);

        var rig = await RunAsync(_receiver, minutes: 5);

        Assert.Empty(rig.Alarms);
    }

    [Fact]
    public async Task Watch_ReceiptThatTheLogContradicts_IsCriticalWithTheReceiptAsEvidence()
    {
        // It gave the receipt from a log that has the packet, and shows its auditor one that does not.
        var shown = MemoryLog.Create(Sample.OtherOrigin, 2);
        Receive(_receiver);
        await PutAsync(_receiver);

        var rig = await RunAsync(shown, minutes: 30);

        var alarm = Assert.Single(rig.Alarms, alarm => alarm.Level == AlarmLevel.Critical);
        Assert.Equal($"RECEIPT_CONTRADICTED critical {_receiver.Origin} at 0", alarm.ToString());
        Assert.True(ReceiptProof.Parse(alarm.Evidence[EvidenceName.Receipt].Span).IsOk);
        Assert.True(EvidenceCheck.Check(alarm, WitnessPolicy.Of([_receiver.Key], [], 0).Value).IsOk);
    }

    [Fact]
    public async Task Watch_SenderThatOnlySaysItHasAReceipt_DoesNotAccuseTheReceiver()
    {
        Receive(_receiver);
        foreach (var entry in new[]
        {
            Sample.Packet(AuditEvent.PacketSent, AuditOutcome.Pending, _receiver.Origin, 1, Sample.At),
            Sample.Packet(AuditEvent.PacketSent, AuditOutcome.Done, _receiver.Origin, 1, Sample.At),
            Sample.Packet(AuditEvent.ReceiptStored, AuditOutcome.Done, _receiver.Origin, 1, Sample.At, index: 2),
        })
        {
            _sender.Append(entry);
        }

        var rig = await RunAsync(_receiver, minutes: 60);

        Assert.Equal([$"RECEIPT_CONTRADICTED warning {_sender.Origin} at 2"], rig.Said);
    }

    private void Receive(MemoryLog receiver)
    {
        receiver.Append(Sample.Packet(AuditEvent.PacketReceived, AuditOutcome.Done, _sender.Origin, 1, Sample.At));
        receiver.Publish();
    }

    private async Task PutAsync(MemoryLog receiver)
    {
        using var identity = SigningKey.FromSeed(new byte[32]);
        var packet = PacketId.FromBytes(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        var receipt = Receipt.Issue(identity, packet, Digest.Of([2]), ReceiptOutcome.Stored, Sample.At);
        var hashes = (await InclusionProof.BuildAsync(receiver, 0, receiver.Size, default)).Value;
        var proof = new TlogProof(0, hashes, receiver.Note!);
        _shelf.Files.Add(ReceiptProof.Create(receipt, receiver.EntryAt(0), proof.ToBytes()).Value.ToBytes());
    }

    private async Task<WatchRig> RunAsync(MemoryLog receiver, int minutes)
    {
        var rig = new WatchRig(_time, parts => parts with { Receipts = _shelf }, _sender, receiver);
        await rig.OpenAsync();
        for (var minute = 0; minute < minutes; minute++)
        {
            foreach (var log in new[] { _sender, receiver })
            {
                log.Append(Sample.Local((int)log.Size, Sample.At.AddMinutes(minute)));
                log.Publish();
            }

            await rig.RoundAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        return rig;
    }

    private sealed class Shelf : IReceiptShelf
    {
        public List<byte[]> Files { get; } = [];

        public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> List() =>
            [.. Files.Select((file, place) => ($"{place}", (ReadOnlyMemory<byte>)file))];
    }
}
