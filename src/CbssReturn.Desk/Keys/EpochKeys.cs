using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Keys;

/// <summary>This node's daily envelope keys and those of its peers (docs/spec/referral-packet.md, section 8).</summary>
public sealed class EpochKeys(NodeContext node) : IDisposable
{
    /// <summary>How long the clock must have told a day before seeds are destroyed for it.</summary>
    public static readonly TimeSpan ClockBelievedAfter = TimeSpan.FromMinutes(10);

    // A transaction holds 256 changes. More are over only after months, and another round follows then.
    private const int DestroyedAtOnceMax = 200;

    // A conflict is another process of this node that was quicker; each round is somebody's success.
    private const int RoundsMax = 8;

    // Seeds expand once and stay expanded while the node runs; owned here, zeroed on disposal and when the day is over.
    private readonly ConcurrentDictionary<KeyId, OwnEpochKey> _own = new();

    // The newest day that the clock told, and since when it has told days that follow one another; under _clockLock.
    private readonly Lock _clockLock = new();
    private (uint Day, long Since)? _told;

    /// <summary>Makes the keys that are missing up to 42 days ahead, destroys the seeds that are over, and keeps the
    /// rest ready for use. Run at start and at least daily; repeating changes nothing.</summary>
    /// <remarks>What is over is out of use at once, but is destroyed only when the clock has told the day for
    /// <see cref="ClockBelievedAfter"/>: a clock that jumps and is set right again must cost nobody a packet. A seed
    /// that does not open counts as gone: its key was lost with an older keystore, or destroyed just before the node
    /// was ended.</remarks>
    public async Task EnsureAsync(CancellationToken ct)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var today = EpochCalendar.DayOf(node.Now);
            var rows = await node.Store.GetEpochSeedsAsync(0, ct);  // all: a node may have been off for months
            var (over, held) = (new List<EpochSeedRow>(), new List<EpochSeedRow>());
            foreach (var row in rows.Where(row => row.Seed is not null))
            {
                (IsOver(row.Day, today) ? over : held).Add(row);
            }

            if (!IsBelieved(today))
            {
                over.Clear();
            }

            var lost = held.Where(row => !TryLoad(row) && row.Day >= today && IsPublished(row.Day, today)).ToList();
            var missing = DaysMissing(held.Except(lost), today);
            if (over.Count == 0 && missing.Count == 0)
            {
                Forget(today);
                return;
            }

            await ChangeAsync(over, lost, missing, ct);
        }
    }

    /// <summary>Destroys every key that anybody may have sealed to until now and makes others: what was received before
    /// a rollback, and is forgotten, can then not be received again. Senders seal anew.</summary>
    public async Task DiscardAsync(CancellationToken ct)
    {
        var rows = await node.Store.GetEpochSeedsAsync(0, ct);
        node.Keys.ChangeSeedKeys(
            node.Time.GetUtcNow(), [], [.. rows.Where(row => row.Seed is not null).Select(row => row.Day)]);
        foreach (var (rid, key) in _own)
        {
            _own.TryRemove(rid, out _);
            key.Dispose();
        }

        // The rows are left without their keys, which is found out and made good in the usual way.
        await EnsureAsync(ct);
    }

    /// <summary>The signed records that peers may have: from today on, or from a later day.</summary>
    public async Task<IReadOnlyList<SignedKey>> PublishedAsync(uint fromDay, CancellationToken ct)
    {
        var today = EpochCalendar.DayOf(node.Now);
        var rows = await node.Store.GetEpochSeedsAsync(Math.Max(fromDay, today), ct);
        return
        [
            .. rows.Where(row => row.DestroyedAt is null && IsPublished(row.Day, today))
                .Select(row => new SignedKey(row.Record, row.Signature)),
        ];
    }

    /// <summary>Last day for which a key is published; 0 for none.</summary>
    public uint PublishedUntilDay => _own.Values
        .Select(key => key.Day)
        .Where(day => IsPublished(day, EpochCalendar.DayOf(node.Now)))
        .DefaultIfEmpty()
        .Max();

    /// <summary>Finds the private key that an envelope is sealed to; null when it is gone or never was.</summary>
    public OwnEpochKey? Find(KeyId rid) => _own.GetValueOrDefault(rid);

    /// <summary>Whether a peer's keys should be asked for: none counts now, or fewer than half the days are
    /// left.</summary>
    public async Task<bool> NeedsKeysOfAsync(NodeId peer, CancellationToken ct)
    {
        var rows = await node.Store.GetPeerEpochKeysAsync(node.KeyIndexOf(peer), ct);
        return Pick(rows, peer) is null
            || rows.Max(row => row.Day) < EpochCalendar.DayOf(node.Now) + (EpochCalendar.PublishedDaysAhead / 2);
    }

    /// <summary>Takes in the keys that a peer published.</summary>
    /// <returns>Done; or <see cref="RefusalCode.EpochKeyInvalid"/> when one is not that peer's, not signed by a key in
    /// force, or out of form: then none is taken in.</returns>
    public async Task<Result<Done>> LearnAsync(NodeId peer, IReadOnlyList<SignedKey> keys, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count > PutPeerEpochKeys.RowsMax)
        {
            return Invalid();
        }

        var active = node.ActiveKeysOf(peer);
        var rows = new List<PeerEpochKeyRow>();
        foreach (var (record, signature) in keys)
        {
            if (!EpochKeyRecord.Parse(record.Span, signature.Span).TryGet(out var key, out _)
                || key.Node != peer
                || !MayBePublished(key.Day)
                || !active.Any(key.Verify)
                || key.NotBefore != Posix(EpochCalendar.NotBefore(key.Day))
                || key.NotAfter != Posix(EpochCalendar.NotAfter(key.Day)))
            {
                return Invalid();
            }

            rows.Add(new PeerEpochKeyRow { Day = key.Day, Record = record, Signature = signature });
        }

        if (rows.DistinctBy(row => row.Day).Count() != rows.Count)
        {
            return Invalid();
        }

        await node.Store.CommitAsync(
            new NodeTransaction(HouseKeeping.PeerEpochKeys, new PutPeerEpochKeys(node.KeyIndexOf(peer), rows)), ct);
        return Done.Instance;
    }

    /// <summary>The peer's key for now.</summary>
    /// <returns>The key and its end, or <see cref="RefusalCode.PeerKeysMissing"/>.</returns>
    public async Task<Result<EpochKeyRecord>> CurrentOfAsync(NodeId peer, CancellationToken ct)
    {
        var rows = await node.Store.GetPeerEpochKeysAsync(node.KeyIndexOf(peer), ct);
        return Pick(rows, peer) is { } key
            ? key
            : new Refusal(
                RefusalCode.PeerKeysMissing,
                "No envelope key of the recipient is known for today, so nothing was sealed.");
    }

    /// <summary>Forgets the keys of a peer that says it no longer has them, so that they are asked for again.</summary>
    public Task ForgetAsync(NodeId peer, CancellationToken ct) => node.Store.CommitAsync(
        new NodeTransaction(HouseKeeping.PeerEpochKeys, new PutPeerEpochKeys(node.KeyIndexOf(peer), [])), ct);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in _own.Values)
        {
            key.Dispose();
        }

        _own.Clear();
    }

    private static bool IsOver(uint day, uint today) => day + EpochCalendar.SeedKeptDays < today;

    // A clock that once ran ahead leaves keys that are of no use yet, and that no peer would take in.
    private static bool IsPublished(uint day, uint today) => day <= today + EpochCalendar.PublishedDaysAhead;

    private bool IsBelieved(uint today)
    {
        lock (_clockLock)
        {
            if (_told is not { } told || today < told.Day || today > told.Day + 1)
            {
                _told = (today, node.Time.GetTimestamp());
                return false;
            }

            _told = told with { Day = today };
            return node.Time.GetElapsedTime(told.Since) >= ClockBelievedAfter;
        }
    }

    // A peer's clock may be a day off around midnight; beyond what can be kept nobody publishes.
    private bool MayBePublished(uint day)
    {
        var today = EpochCalendar.DayOf(node.Now);
        return day + 1 >= today && day < today + PutPeerEpochKeys.RowsMax;
    }

    private EpochKeyRecord? Pick(IReadOnlyList<PeerEpochKeyRow> rows, NodeId peer)
    {
        var today = EpochCalendar.DayOf(node.Now);
        var row = rows.FirstOrDefault(row => row.Day == today);
        return row is not null
            && EpochKeyRecord.Parse(row.Record.Span, row.Signature.Span).TryGet(out var key, out _)
            && key.Node == peer
            && node.ActiveKeysOf(peer).Any(key.Verify)  // asked again: the key that signed it may be revoked since
                ? key
                : null;
    }

    private static Refusal Invalid() =>
        new(RefusalCode.EpochKeyInvalid, "The peer's envelope keys are not valid, so none was taken in.");

    private static List<uint> DaysMissing(IEnumerable<EpochSeedRow> held, uint today) =>
    [
        .. Enumerable.Range(0, EpochCalendar.PublishedDaysAhead + 1)
            .Select(offset => today + (uint)offset)
            .Except(held.Select(row => row.Day)),
    ];

    private async Task ChangeAsync(
        IEnumerable<EpochSeedRow> over, List<EpochSeedRow> lost, List<uint> missing, CancellationToken ct)
    {
        // The keystore first: a seed without its key is gone, and the row that is left behind is found to be lost.
        List<uint> destroyed = [.. over.Take(DestroyedAtOnceMax - lost.Count).Select(row => row.Day)];
        node.Keys.ChangeSeedKeys(node.Time.GetUtcNow(), missing, destroyed);
        List<StoreChange> changes =
        [
            .. destroyed.Concat(lost.Select(row => row.Day)).Select(day => new DestroyEpochSeed(day, node.Now)),
            .. missing.Select(day => new PutEpochSeed(Make(day))),
            node.Local(new AuditDetail
            {
                Kind = AuditDetailKind.KeysChanged,
                At = node.Now,
                ReasonCode = lost.Count > 0 ? (int)RefusalCode.KekUnknown : 0,
            }),
        ];
        await node.Store.CommitAsync(new NodeTransaction("epoch-keys", changes), ct);
    }

    private EpochSeedRow Make(uint day)
    {
        using var key = KemPrivateKey.Generate();
        var record = EpochKeyRecord.Issue(
            node.Keys.Identity, node.Self, day, Posix(EpochCalendar.NotBefore(day)), Posix(EpochCalendar.NotAfter(day)),
            key.Public);
        var seed = new byte[KemPrivateKey.SeedSizeBytes];
        key.CopySeedTo(seed);
        var row = new EpochSeedRow
        {
            Day = day,
            Record = record.Record,
            Signature = record.Signature,
            Seed = node.Keys.SealSeed(day, SealedRows.EpochSeeds, RowOf(day), seed),
        };
        CryptographicOperations.ZeroMemory(seed);
        return row;
    }

    private void Forget(uint today)
    {
        foreach (var (rid, key) in _own.Where(pair => IsOver(pair.Value.Day, today)))
        {
            _own.TryRemove(rid, out _);
            key.Dispose();
        }
    }

    /// <returns>False when the seed does not open.</returns>
    private bool TryLoad(EpochSeedRow row)
    {
        var record = EpochKeyRecord.Parse(row.Record.Span, row.Signature.Span).Value;
        if (_own.ContainsKey(record.Key.Rid))
        {
            return true;
        }

        if (!node.Keys.Open(SealedRows.EpochSeeds, RowOf(row.Day), row.Seed!).TryGet(out var seed, out _))
        {
            return false;
        }

        var key = new OwnEpochKey(row.Day, KemPrivateKey.FromSeed(seed));
        CryptographicOperations.ZeroMemory(seed);
        if (!_own.TryAdd(record.Key.Rid, key))
        {
            key.Dispose();
        }

        return true;
    }

    private static ulong Posix(DateTimeOffset moment) => (ulong)moment.ToUnixTimeSeconds();

    private static byte[] RowOf(uint day)
    {
        var row = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(row, day);
        return row;
    }
}
