using CbssReturn.AuditLog;
using CbssReturn.Auditor.Tests;
using CbssReturn.Sealing;

namespace CbssReturn.Simulation.Tests;

/// <summary>A node: its packets, its log, and how it hands the log over. What stands in fields here is what a database
/// keeps; a crash loses only what is under way.</summary>
internal sealed class SimNode
{
    private readonly World _world;
    private readonly SkewedTime _time;
    private readonly List<LogEntry> _intake = [];
    private readonly List<SimPacket> _outbox = [];

    // Where a received packet will stand in the log, by its tag; -1 until it does.
    private readonly Dictionary<Digest, long> _received = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _seen = [];
    private readonly Dictionary<long, byte[]> _details = [];
    private readonly Dictionary<Digest, byte[]> _detailsToCome = [];
    private readonly SigningKey _identity;
    private readonly HashSet<SimFocalPoint> _unasked = [];
    private bool _isUnpushed;

    public SimNode(World world, int number)
    {
        (_world, Number, _time) = (world, number, new SkewedTime(world.Time));
        _identity = SigningKey.FromSeed(World.Seed($"identity {number}"));
        LogKey = NoteKey.FromSeed(World.Seed($"log {number}"));
        var id = Convert.ToHexStringLower(World.Seed($"node {number}")[..16]);
        Log = new MemoryLog($"log.example.org/se/{id}/1", LogKey);
        Served = Log;
    }

    public int Number { get; }

    public NoteKey LogKey { get; }

    /// <summary>The log as it is.</summary>
    public MemoryLog Log { get; private set; }

    /// <summary>The log as it is shown to whoever reads it from the node; a liar's is another one.</summary>
    public MemoryLog Served { get; set; }

    /// <summary>How the node lies; an honest one does not.</summary>
    public Lie Lie { get; set; } = new();

    public string Origin => Log.Origin;

    /// <summary>Until which minute of the run the node is down.</summary>
    public int DownUntil { get; set; }

    /// <summary>The minutes of each two hours in which the node sleeps; null for never.</summary>
    public (int From, int Until)? Sleep { get; set; }

    public IReadOnlyList<SimPacket> Outbox => _outbox;

    public IReadOnlyList<ReadOnlyMemory<byte>> SeenOf(string origin) =>
        [.. _seen.Where(pair => pair.Key.StartsWith(origin, StringComparison.Ordinal)).Select(pair => pair.Value)];

    public bool IsUp(int minute) => minute >= DownUntil && !IsAsleep(minute);

    public bool IsAsleep(int minute) => Sleep is { } sleep && minute >= sleep.From && minute < sleep.Until;

    /// <summary>Sets the clock wrong by less than a minute, as after a restart.</summary>
    public void SetClock(int seconds) => _time.Skew = TimeSpan.FromSeconds(seconds);

    /// <summary>Starts again: what is in memory is built from what was kept.</summary>
    public async Task RestartAsync()
    {
        if (Log.Size > 0)
        {
            var edge = (await RightEdge.LoadAsync(Log, Log.Size, default)).Value;
            Assert.Equal(Log.Root, edge.Root());
        }

        // It does not remember whom it has reached.
        _isUnpushed = Log.Note is not null;
        _unasked.UnionWith(Log.Note is null ? [] : _world.FocalPoints);
    }

    /// <summary>Does something that only this node sees.</summary>
    public void NoteLocal()
    {
        var bytes = EntryDetail.Encode(_world.Chance.Bytes(EntryDetail.NonceSizeBytes), 1, [1]);
        var digest = Digest.Of(bytes);
        _detailsToCome[digest] = bytes;
        _intake.Add(new LogEntry
        {
            Event = AuditEvent.Local,
            Outcome = AuditOutcome.Done,
            At = At(),
            Detail = digest,
        });
    }

    /// <summary>Seals a packet.</summary>
    public SimPacket Seal(SimNode receiver, bool isRefused) => new()
    {
        Sender = this,
        Receiver = receiver,
        Tag = Digest.Of(_world.Chance.Bytes(16)),
        Handle = _world.Chance.Bytes(LogEntry.ShortIdSizeBytes),
        RefusedTag = LogEntry.RefusedTag(Digest.Of(_world.Chance.Bytes(16))),
        IsRefused = isRefused,
    };

    /// <summary>Seals a packet and queues it.</summary>
    public SimPacket Send(SimNode receiver, bool isRefused)
    {
        var packet = Seal(receiver, isRefused);
        _outbox.Add(packet);
        if (!Lie.OmitsSent)
        {
            Note(packet, AuditEvent.PacketSent, AuditOutcome.Pending, packet.Tag);
        }

        return packet;
    }

    /// <summary>Tries what is open: delivery first, then the final receipt.</summary>
    public async Task WorkAsync()
    {
        foreach (var packet in _outbox.Where(packet => !packet.IsFinal).ToList())
        {
            if (!_world.Reaches(this, packet.Receiver))
            {
                continue;
            }

            packet.Receiver.See(this);
            See(packet.Receiver);
            if (!packet.IsClosed)
            {
                packet.Receiver.Receive(packet);

                // The answer may be lost; then it is asked for again, and the receiver answers the same.
                if (!_world.Chance.Happens(_world.LossPerMille))
                {
                    Close(packet);
                }
            }
            else
            {
                await FinishAsync(packet);
            }
        }
    }

    /// <summary>Gives the final receipt of a packet: the entry and its proof under the newest checkpoint.</summary>
    public async Task<ReceiptProof?> ProveAsync(SimPacket packet, MemoryLog log)
    {
        var tag = packet.IsRefused ? packet.RefusedTag : packet.Tag;
        if (!_received.TryGetValue(tag, out var index)
            || index < 0
            || log.Note is not { } note
            || Checkpoint.Parse(note.Text).Value is not { } checkpoint
            || checkpoint.Size <= index)
        {
            return null;
        }

        var hashes = (await InclusionProof.BuildAsync(log, index, checkpoint.Size, default)).Value;
        var entry = LogEntry.Parse(log.EntryAt(index)).Value;
        var outcome = packet.IsRefused ? ReceiptOutcome.Refused : ReceiptOutcome.Stored;
        var receipt = Receipt.Issue(
            _identity, PacketId.FromBytes(packet.Handle), Digest.Of(packet.Handle), outcome, entry.At);
        return ReceiptProof.Create(receipt, entry.ToBytes(), new TlogProof(index, hashes, note).ToBytes()).Value;
    }

    /// <summary>Makes a final receipt from a log that is not the one that is shown: a second past, signed with the same
    /// keys.</summary>
    public async Task<ReceiptProof> ForgeReceiptAsync(SimPacket packet, MemoryLog forged)
    {
        _received[packet.Tag] = forged.Size;
        forged.Append(EntryOf(packet, AuditEvent.PacketReceived, AuditOutcome.Done, packet.Tag));
        forged.Publish();
        var receipt = await ProveAsync(packet, forged);

        // In the true log it never stands.
        _received[packet.Tag] = -1;
        return receipt!;
    }

    /// <summary>Moves what was noted into the tree, pads, and signs.</summary>
    public void Publish()
    {
        foreach (var entry in _intake)
        {
            if (entry.Event is AuditEvent.PacketReceived or AuditEvent.PacketRefused)
            {
                _received[entry.Tag] = Log.Size;
            }

            KeepDetail(entry);
            Log.Append(entry);
        }

        var count = _intake.Count;
        _intake.Clear();
        for (var pads = count == 0 ? 4 : (4 - (count % 4)) % 4; pads > 0; pads--)
        {
            NoteLocal();
            KeepDetail(_intake[^1]);
            Log.Append(_intake[^1]);
            _intake.Clear();
        }

        Log.Publish();
        _isUnpushed = true;
        _unasked.UnionWith(_world.FocalPoints);
        Lie.AfterPublish?.Invoke(this);
    }

    /// <summary>Has the newest checkpoint cosigned and hands it over, as far as anybody is reached.</summary>
    public async Task PushAsync()
    {
        if (Log.Note is not { } note || Lie.IsSilent)
        {
            return;
        }

        foreach (var witness in _unasked.Where(witness => _world.Reaches(this, witness)).ToList())
        {
            var log = Lie.ShownTo?.Invoke(witness) ?? Log;
            var lines = await witness.CosignAsync(log);
            _unasked.Remove(witness);
            if (lines is not null && log == Log)
            {
                Log.Note = note = note.With(lines).Value;
                _isUnpushed = true;
            }
        }

        if (_isUnpushed && _world.Reaches(this, _world.HomeOf(this)))
        {
            _world.HomeOf(this).TakePush(this, Log);
            _isUnpushed = false;
        }
    }

    /// <summary>Keeps the checkpoint that a call of another node carried, and one that contradicts it.</summary>
    public void See(SimNode caller)
    {
        if (caller.Log.Note is { } note)
        {
            KeepSeen(caller.Origin, note);
        }
    }

    /// <summary>Keeps a checkpoint that somebody showed.</summary>
    public void KeepSeen(string origin, SignedNote note)
    {
        var shown = Checkpoint.Parse(note.Text).Value;
        if (!_seen.TryGetValue(origin, out var known))
        {
            _seen[origin] = note.ToBytes();
            return;
        }

        var newest = Checkpoint.Parse(SignedNote.Parse(known.Span).Value.Text).Value;
        if (newest.Size == shown.Size && newest.Root != shown.Root)
        {
            _seen[$"{origin} other"] = note.ToBytes();
        }
        else if (newest.Size < shown.Size)
        {
            _seen[origin] = note.ToBytes();
        }
    }

    /// <summary>Gives a detail; null when there is none.</summary>
    public byte[]? DetailAt(long index) => _details.GetValueOrDefault(index);

    /// <summary>Erases a detail, and says so in the log or not.</summary>
    public void Erase(long index, bool isNoted)
    {
        _details.Remove(index);
        if (isNoted)
        {
            _intake.Add(new LogEntry
            {
                Event = AuditEvent.DetailErased,
                Outcome = AuditOutcome.Done,
                At = At(),
                Tag = LogEntry.Parse(Log.EntryAt(index)).Value.Detail!.Value,
                Index = index,
            });
        }
    }

    /// <summary>Goes on from another log, as after a backup was put back.</summary>
    public void PutBack(MemoryLog log) => Log = Served = log;

    private void Receive(SimPacket packet)
    {
        var tag = packet.IsRefused ? packet.RefusedTag : packet.Tag;
        if (!_received.TryAdd(tag, -1) && !Lie.LogsTwice)
        {
            return;
        }

        if (!Lie.OmitsReceived)
        {
            var (kind, outcome) = packet.IsRefused
                ? (AuditEvent.PacketRefused, AuditOutcome.Refused)
                : (AuditEvent.PacketReceived, AuditOutcome.Done);
            Note(packet, kind, outcome, tag);
            if (Lie.LogsTwice)
            {
                Note(packet, kind, outcome, tag);
            }
        }
    }

    private void Close(SimPacket packet)
    {
        packet.IsClosed = true;
        if (!Lie.OmitsSent)
        {
            Note(
                packet,
                AuditEvent.PacketSent,
                packet.IsRefused ? AuditOutcome.Refused : AuditOutcome.Done,
                packet.Tag);
        }
    }

    private async Task FinishAsync(SimPacket packet)
    {
        if (await packet.Receiver.ProveAsync(packet, packet.Receiver.Log) is not { } proof)
        {
            return;
        }

        Assert.True(proof.Proof.Verify(proof.EntryBytes.Span, packet.Receiver.Log.Key, [], 0).IsOk);
        packet.IsFinal = true;
        if (!Lie.OmitsSent)
        {
            Note(packet, AuditEvent.ReceiptStored, AuditOutcome.Done, proof.Entry.Tag, proof.Proof.Index);
        }
    }

    private void Note(SimPacket packet, AuditEvent kind, AuditOutcome outcome, Digest tag, long index = 0) =>
        _intake.Add(EntryOf(packet, kind, outcome, tag, index));

    private LogEntry EntryOf(
        SimPacket packet, AuditEvent kind, AuditOutcome outcome, Digest tag, long index = 0) => new()
        {
            Event = kind,
            Outcome = outcome,
            At = At(),
            Peer = LogEntry.PeerName((this == packet.Sender ? packet.Receiver : packet.Sender).Origin),
            Handle = packet.Handle,
            Tag = tag,
            Index = index,
        };

    private DateTimeOffset At() => _time.Minute() - Lie.DatesBackBy;

    private void KeepDetail(LogEntry entry)
    {
        if (entry.Detail is { } digest && _detailsToCome.Remove(digest, out var bytes))
        {
            _details[Log.Size] = bytes;
        }
    }
}
