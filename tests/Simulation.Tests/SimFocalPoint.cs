using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;
using CbssReturn.Auditor.Tests;
using CbssReturn.Auditor.Verify;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Simulation.Tests;

/// <summary>A focal point: witness, keeper of its nodes' logs, and auditor. What stands in fields here is what a disk
/// keeps; the watcher is what a crash ends.</summary>
internal sealed class SimFocalPoint : IReceiptShelf
{
    private readonly World _world;
    private readonly SkewedTime _time;
    private readonly NoteKey _witnessKey;
    private readonly Dictionary<string, (WitnessedHead Head, SignedNote Note)> _witnessed = [];
    private readonly Dictionary<string, List<SignedNote>> _evidence = [];
    private readonly Dictionary<string, MemoryLog> _mirrors = [];
    private readonly List<(string Name, ReadOnlyMemory<byte> Bytes)> _receipts = [];
    private Watcher? _watcher;

    public SimFocalPoint(World world, int number)
    {
        (_world, Number, _time) = (world, number, new SkewedTime(world.Time));
        _witnessKey = NoteKey.FromSeed(World.Seed($"witness {number}"));
        WitnessName = VerifierKey.OfWitness($"witness.example.org/se/{number:x32}", _witnessKey.Public);
    }

    public int Number { get; }

    /// <summary>Its key as a witness.</summary>
    public VerifierKey WitnessName { get; }

    /// <summary>What its auditor keeps.</summary>
    public MemoryStore Store { get; } = new();

    /// <summary>Until which minute of the run it is down.</summary>
    public int DownUntil { get; set; }

    /// <summary>The checkpoints that contradict each other, as witness or mirror.</summary>
    public IReadOnlyDictionary<string, List<SignedNote>> Evidence => _evidence;

    public bool IsUp(int minute) => minute >= DownUntil;

    /// <summary>Ends what is running; what was kept stays.</summary>
    public void Crash(int minutes)
    {
        DownUntil = _world.Minute + minutes;
        _watcher = null;
    }

    public void SetClock(int seconds) => _time.Skew = TimeSpan.FromSeconds(seconds);

    public MemoryLog? MirrorOf(string origin) => _mirrors.GetValueOrDefault(origin);

    /// <summary>Takes a final receipt that a sender hands over.</summary>
    public void PutReceipt(ReceiptProof receipt) => _receipts.Add(($"{_receipts.Count}", receipt.ToBytes()));

    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> List() => _receipts;

    /// <summary>Does one round of its auditor; one that a full disk ends is done again by the next.</summary>
    public async Task RunRoundAsync()
    {
        if (_watcher is null)
        {
            _watcher = new Watcher(WatchPlan.For(_world, this, _time));
            Assert.True((await _watcher.OpenAsync(default)).IsOk);
        }

        try
        {
            await _watcher.RunRoundAsync(default);
        }
        catch (IOException)
        {
            (_watcher, Store.WritesLeft) = (null, null);
        }
    }

    /// <summary>Asks a node for a detail, as its auditor may, and raises what is wrong with the answer.</summary>
    /// <returns>The code of the refusal; null when there is a detail or an alarm.</returns>
    public async Task<RefusalCode?> AskDetailAsync(SimNode node, long index)
    {
        var note = Store.Load(node.Origin).Value.Note;
        var known = CheckpointReader.Read(note.Span, node.Log.Key, [], 0).Value;
        var inquiry = (await DetailInquiry.BeginAsync(Store.MirrorOf(node.Origin), known, index, default)).Value;
        Result<ReadOnlyMemory<byte>> answer = node.DetailAt(index) is { } detail
            ? (ReadOnlyMemory<byte>)detail
            : new Refusal(RefusalCode.NotFound, "There is no such detail.");
        if (!(await inquiry.JudgeAsync(answer, default)).TryGet(out var judged, out var refusal))
        {
            return refusal.Code;
        }

        if (judged.Finding is { } finding)
        {
            _world.Alarms.Add((this, finding.Alarm));
        }

        return null;
    }

    /// <summary>Cosigns the newest checkpoint of a log, as its node asks.</summary>
    /// <returns>The signature lines; null when it may not.</returns>
    public async Task<NoteSignature[]?> CosignAsync(MemoryLog log)
    {
        var size = Checkpoint.Parse(log.Note!.Text).Value.Size;
        var held = _witnessed.TryGetValue(log.Origin, out var known) ? known.Head.Size : 0;
        var oldSize = Math.Min(held, size);
        var proof = (await ConsistencyProof.BuildAsync(log, oldSize, size, default)).Value;
        var (_, line) = Answer(AddCheckpointRequest.Create(oldSize, proof, log.Note).ToBytes());
        return line is null ? null : [line];
    }

    /// <summary>Answers a request for a cosignature; what is cosigned is kept first.</summary>
    public (WitnessAnswer Answer, NoteSignature? Line) Answer(ReadOnlySpan<byte> body)
    {
        var request = AddCheckpointRequest.Parse(body).Value;
        var origin = request.Checkpoint.Origin;
        var isKnown = _witnessed.TryGetValue(origin, out var held);
        var answer = WitnessDecision.Decide(
            request, [_world.NodeOf(origin).Log.Key], isKnown ? held.Head : null);
        if (answer.Next is { } next)
        {
            _witnessed[origin] = (next, request.Note);
            return (answer, answer.Cosign(WitnessName.Name, _witnessKey, _time.GetUtcNow()));
        }

        if (answer.IsContradiction)
        {
            KeepEvidence(origin, held.Note, request.Note);
        }

        return (answer, null);
    }

    /// <summary>The checkpoints of a log that this focal point has seen.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SeenOf(string origin) =>
    [
        .. (_witnessed.TryGetValue(origin, out var held) ? [held.Note] : Array.Empty<SignedNote>())
            .Concat(_evidence.GetValueOrDefault(origin) ?? [])
            .Select(note => (ReadOnlyMemory<byte>)note.ToBytes()),
    ];

    /// <summary>Takes in what a node hands over; a mirror only grows.</summary>
    public void TakePush(SimNode node, MemoryLog log)
    {
        var note = log.Note!;
        Assert.True(CheckpointReader.Read(note.ToBytes(), node.Log.Key, [], 0).IsOk);
        var shown = Checkpoint.Parse(note.Text).Value;
        if (!_mirrors.TryGetValue(node.Origin, out var mirror))
        {
            _mirrors.Add(node.Origin, mirror = MemoryLog.Create(node.Origin, 0));
        }

        var held = mirror.Size;
        for (var index = held; index < shown.Size; index++)
        {
            mirror.Append(log.EntryAt(index));
        }

        if (mirror.Size == shown.Size && mirror.Root == shown.Root)
        {
            mirror.Note = note;
            return;
        }

        // What contradicts it is kept, and the mirror stays as it was.
        var before = mirror.Note;
        _mirrors[node.Origin] = mirror = mirror.Fork(held);
        mirror.Note = before;
        if (before is not null)
        {
            KeepEvidence(node.Origin, before, note);
        }
    }

    private void KeepEvidence(string origin, SignedNote one, SignedNote other)
    {
        if (!_evidence.TryGetValue(origin, out var notes))
        {
            _evidence.Add(origin, notes = []);
        }

        notes.AddRange(new[] { one, other }.Where(note => !notes.Exists(kept => kept.Text == note.Text)));
    }
}
