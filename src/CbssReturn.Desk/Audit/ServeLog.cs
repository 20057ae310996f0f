using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>Gives other nodes what they may see of audit logs: this node's own, and those that it holds as an auditor
/// (docs/spec/audit-log.md, section 9). Checkpoints are for everybody. Tiles and entries are for the two auditors of
/// the log and for the node whose log it is.</summary>
/// <remarks>Of the own log nothing is given beyond the newest signed checkpoint: how far the log grows within an
/// interval would tell a busy node from an idle one.</remarks>
public sealed class ServeLog(NodeContext node, LogIdentity log)
{
    /// <summary>Most notes that are given of one log.</summary>
    public const int SeenMax = 8;

    /// <summary>Gives the newest checkpoint of a log that is known here: own, mirrored, witnessed or seen.</summary>
    /// <param name="origin">The log; empty for the own one.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The note, or a refusal with <see cref="RefusalCode.LogUnknown"/>.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> CheckpointAsync(string origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (origin.Length == 0 || origin == log.Origin)
        {
            return await node.Audit.GetNewestCheckpointAsync(isSigned: true, ct) is { Note: { } own } ? own : Unknown();
        }

        if (!VerifierKey.IsName(origin) || !node.Directory.Now.TryFindLog(origin, out _))
        {
            return Unknown();
        }

        var mirrored = await node.Audit.GetMirroredCheckpointAsync(origin, ct);
        var witnessed = await node.Audit.GetWitnessedAsync(origin, ct);
        var seen = await node.Audit.GetSeenAsync(origin, ct) is [var first, ..] ? first : null;
        var newest = new (long Size, ReadOnlyMemory<byte> Note)?[]
        {
            mirrored is null ? null : (mirrored.Size, mirrored.Note),
            witnessed is null ? null : (witnessed.Size, witnessed.Note),
            seen is null ? null : (seen.Size, seen.Note),
        }.MaxBy(one => one?.Size ?? -1);
        return newest is { } found ? found.Note : Unknown();
    }

    /// <summary>Gives what was seen of a log: the newest checkpoint, the one that this node cosigned last, and those
    /// that contradict each other.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>At most <see cref="SeenMax"/> notes, or a refusal with <see cref="RefusalCode.LogUnknown"/>.</returns>
    public async Task<Result<IReadOnlyList<ReadOnlyMemory<byte>>>> SeenAsync(string origin, CancellationToken ct)
    {
        if (!VerifierKey.IsName(origin) || !node.Directory.Now.TryFindLog(origin, out _))
        {
            return Unknown();
        }

        var witnessed = await node.Audit.GetWitnessedAsync(origin, ct);
        var seen = await node.Audit.GetSeenAsync(origin, ct);
        var notes = seen.Take(1).Select(one => one.Note)
            .Concat(witnessed is null ? [] : [witnessed.Note])
            .Concat(seen.Skip(1).Select(one => one.Note))
            .Take(SeenMax);
        return notes.ToList();
    }

    /// <summary>Gives hash tiles.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="origin">The log.</param>
    /// <param name="paths">Paths of tiles.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Those that are there, in the order asked; or a refusal with <see cref="RefusalCode.RoleMayNot"/>,
    /// <see cref="RefusalCode.LogUnknown"/> or <see cref="RefusalCode.TileMalformed"/>.</returns>
    public Task<Result<IReadOnlyList<LogFile>>> TilesAsync(
        NodeId caller, string origin, IReadOnlyList<string> paths, CancellationToken ct) => FilesAsync(
            caller,
            origin,
            paths,
            TileId.ParsePath,
            (tile, size) => tile.FirstEntry + ((long)tile.Width << (8 * tile.Level)) <= size,
            (source, tile) => source.ReadTileAsync(tile, ct),
            ct);

    /// <summary>Gives entry bundles.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="origin">The log.</param>
    /// <param name="paths">Paths of entry bundles.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>As <see cref="TilesAsync"/>.</returns>
    public Task<Result<IReadOnlyList<LogFile>>> BundlesAsync(
        NodeId caller, string origin, IReadOnlyList<string> paths, CancellationToken ct) => FilesAsync(
            caller,
            origin,
            paths,
            BundleId.ParsePath,
            (bundle, size) => bundle.FirstEntry + bundle.Width <= size,
            (source, bundle) => source.ReadBundleAsync(bundle, ct),
            ct);

    /// <summary>Proves that an entry stands in a log.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="origin">The log.</param>
    /// <param name="index">The entry, from 0.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The entry and its proof under the newest checkpoint; or a refusal as from <see cref="TilesAsync"/>,
    /// with <see cref="RefusalCode.LogUnknown"/> also for an entry that no checkpoint covers yet.</returns>
    public async Task<Result<ProvenEntry>> ProofAsync(
        NodeId caller, string origin, long index, CancellationToken ct)
    {
        if (!(await FindAsync(caller, origin, ct)).TryGet(out var held, out var refusal))
        {
            return refusal;
        }

        if (held.Note is not { } note || held.CheckpointSize > held.Size || index < 0 || index >= held.CheckpointSize)
        {
            return Unknown();
        }

        var hashes = await InclusionProof.BuildAsync(held.Source, index, held.CheckpointSize, ct);
        var id = TileLayout.BundleAt(held.CheckpointSize, index / TileId.HashesMax);
        var bundle = await held.Source.ReadBundleAsync(id, ct);
        if (bundle is not { } bytes)
        {
            return new Refusal(RefusalCode.TileMissing, $"The entry bundle {id.Path} is missing.", id.Path);
        }

        return EntryBundle.Parse(bytes, id.Width).Then(entries => hashes
            .Then(proof => SignedNote.Parse(note.Span).Then<ProvenEntry>(checkpoint => new ProvenEntry(
                entries[index % TileId.HashesMax],
                new TlogProof(index, proof, checkpoint).ToBytes()))));
    }

    private static Refusal Unknown() => new(RefusalCode.LogUnknown, "This node does not hold that of the log.");

    private async Task<Result<IReadOnlyList<LogFile>>> FilesAsync<TId>(
        NodeId caller,
        string origin,
        IReadOnlyList<string> paths,
        Func<string, Result<TId>> parse,
        Func<TId, long, bool> isIn,
        Func<ITileSource, TId, ValueTask<ReadOnlyMemory<byte>?>> read,
        CancellationToken ct)
        where TId : notnull
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (!(await FindAsync(caller, origin, ct)).TryGet(out var held, out var refusal))
        {
            return refusal;
        }

        var files = new List<LogFile>();
        foreach (var path in paths)
        {
            if (!parse(path).TryGet(out var id, out refusal))
            {
                return refusal;
            }

            if (isIn(id, held.Size) && await read(held.Source, id) is { } content)
            {
                files.Add(new LogFile(path, content));
            }
        }

        return files;
    }

    private async Task<Result<Held>> FindAsync(NodeId caller, string origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (!MayRead(caller, origin))
        {
            return new Refusal(RefusalCode.RoleMayNot, "Only its auditors read the entries of a log.");
        }

        if (origin == log.Origin)
        {
            var own = await node.Audit.GetNewestCheckpointAsync(isSigned: true, ct);
            return new Held(node.Audit.Tiles, own?.Size ?? 0, own?.Size ?? 0, own?.Note);
        }

        if (await node.Audit.GetMirroredAsync(origin, ct) is not { } mirrored)
        {
            return Unknown();
        }

        var newest = await node.Audit.GetMirroredCheckpointAsync(origin, ct);
        return new Held(node.Audit.MirroredTiles(origin), mirrored.Size, newest?.Size ?? 0, newest?.Note);
    }

    // The node itself calls with its own certificate: its auditor's program does.
    private bool MayRead(NodeId caller, string origin) =>
        caller == node.Self
        || (VerifierKey.IsName(origin)
            && node.Directory.Now.TryFindLog(origin, out var owner)
            && (owner.Id == caller || owner.Log!.IsAuditor(caller)));  // found by its log

    private sealed record Held(ITileSource Source, long Size, long CheckpointSize, ReadOnlyMemory<byte>? Note);
}
