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

    [Fact]
    public async Task Watch_TilesWithheldOnce_ReceiptIsComparedAgain()
    {
        // This auditor sees hashes only, and at the first comparison not those that would show the other history.
        var shown = Sample.Log(3, Sample.OtherOrigin, seed: 2);
        Receive(_receiver);
        await PutAsync(_receiver);
        var rig = new WatchRig(
            _time,
            parts => parts with { Receipts = _shelf, Logs = [parts.Logs[0] with { HasEntries = false }] },
            shown);
        await rig.OpenAsync();

        shown.HoldsBack = _ => true;
        await rig.RoundAsync();
        shown.HoldsBack = _ => false;
        await rig.RoundAsync();

        Assert.Equal([$"RECEIPT_CONTRADICTED critical {_receiver.Origin} at 0"], rig.Said);
    }

    [Fact]
    public async Task Watch_ReceiptOfASizeThatTheLogNeverReaches_IsCritical()
    {
        Receive(_receiver);
        PutAbsurd(_receiver);

        var rig = await RunAsync(_receiver, minutes: 30);

        var alarm = Assert.Single(rig.Alarms, alarm => alarm.Level == AlarmLevel.Critical);
        Assert.Equal($"RECEIPT_CONTRADICTED critical {_receiver.Origin} at {1L << 59}", alarm.ToString());
        Assert.True(EvidenceCheck.Check(alarm, WitnessPolicy.Of([_receiver.Key], [], 0).Value).IsOk);
    }

    [Fact]
    public async Task Watch_ReceiptOfALogThatFellAsleepBeforeItWasSeen_IsNoAlarm()
    {
        var rig = await RunAsync(_receiver, minutes: 2);
        var seen = _receiver.Note;
        Receive(_receiver);
        await PutAsync(_receiver, _receiver.Size - 1);
        var given = _receiver.Note;

        _receiver.Note = seen;
        for (var minute = 0; minute < 5 * 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await rig.RoundAsync();
        }

        _receiver.Note = given;
        await rig.RoundAsync();

        Assert.All(rig.Alarms, alarm => Assert.Equal(AlarmKind.Stale, alarm.Kind));
    }

    private void Receive(MemoryLog receiver)
    {
        receiver.Append(Sample.Packet(AuditEvent.PacketReceived, AuditOutcome.Done, _sender.Origin, 1, Sample.At));
        receiver.Publish();
    }

    private async Task PutAsync(MemoryLog receiver, long index = 0)
    {
        var hashes = (await InclusionProof.BuildAsync(receiver, index, receiver.Size, default)).Value;
        Put(receiver.EntryAt(index), new TlogProof(index, hashes, receiver.Note!));
    }

    // A size of 2^60, and hashes that nobody has counted.
    private void PutAbsurd(MemoryLog receiver)
    {
        var index = 1L << 59;
        var entry = receiver.EntryAt(0);
        var hashes = Enumerable.Range(0, 60).Select(level => Digest.Of([(byte)level])).ToArray();
        var root = hashes.Take(59).Aggregate(LogHash.Leaf(entry), LogHash.Node);
        var checkpoint = new Checkpoint(receiver.Origin, 1L << 60, LogHash.Node(hashes[59], root));
        Put(entry, new TlogProof(index, hashes, CheckpointSigning.Sign(checkpoint, Sample.Key(2))));
    }

    private void Put(byte[] entry, TlogProof proof)
    {
        using var identity = SigningKey.FromSeed(new byte[32]);
        var packet = PacketId.FromBytes(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        var receipt = Receipt.Issue(identity, packet, Digest.Of([2]), ReceiptOutcome.Stored, Sample.At);
        _shelf.Files.Add(ReceiptProof.Create(receipt, entry, proof.ToBytes()).Value.ToBytes());
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
