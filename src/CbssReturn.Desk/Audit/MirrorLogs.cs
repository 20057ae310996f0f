using CbssReturn.AuditLog;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds the logs of the nodes whose auditor this node is: takes in what they push, entry by entry and each in
/// its one form (docs/spec/audit-log.md, section 9). A mirror only grows. What contradicts it is refused and kept.
/// </summary>
public sealed class MirrorLogs(NodeContext node, WitnessLogs witness)
{
    /// <summary>Most bundles in one push.</summary>
    public const int BundlesMax = 16;

    // A push that loses against another one of the same log looks again.
    private const int RoundsMax = 8;

    // More checkpoints than a push of 4,096 entries can span: the log grows by four between two.
    private const int CheckpointsMax = 1000;

    /// <summary>Takes in the newest checkpoint of the caller's log.</summary>
    /// <param name="caller">Who pushes.</param>
    /// <param name="note">The signed note.</param>
    /// <param name="ct">Honoured until the store has accepted it.</param>
    /// <returns>
    /// How many entries are held; or a refusal with <see cref="RefusalCode.RoleMayNot"/> when this node is not an
    /// auditor of the caller's log, as from <see cref="CheckpointReader"/>, <see cref="RefusalCode.SplitView"/> when it
    /// contradicts what is held, or <see cref="RefusalCode.LogBusy"/>.
    /// </returns>
    public async Task<Result<long>> TakeCheckpointAsync(
        NodeId caller, ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        if (!LogOf(caller).TryGet(out var log, out var refusal))
        {
            return refusal;
        }

        if (note.Length > AuditCheckpointRow.NoteSizeBytesMax)
        {
            return new Refusal(RefusalCode.NoteMalformed, "The note is larger than is kept.");
        }

        if (!CheckpointReader.Read(note.Span, log.LogKey, node.WitnessKeys(), 0).TryGet(out var verified, out refusal))
        {
            return refusal;
        }

        await witness.LearnAsync(note, ct);
        var shown = verified.Checkpoint;
        if (await node.FindContradictedAsync(shown, ct) is { } contradicted)
        {
            await node.KeepContradictionAsync(shown, note, contradicted, ct);
            return Contradicts(shown, RefusalCode.SplitView);
        }

        for (var round = 0; round < RoundsMax; round++)
        {
            var held = await node.Audit.GetMirroredAsync(log.Origin, ct);
            var newest = await node.Audit.GetMirroredCheckpointAsync(log.Origin, ct);
            if (newest is not null && !IsNews(newest, verified))
            {
                return held?.Size ?? 0;
            }

            var update = new MirrorUpdate
            {
                Origin = log.Origin,
                ExpectedSize = held?.Size ?? 0,
                NewSize = held?.Size ?? 0,
                Root = held?.Root ?? LogHash.Empty,
                Checkpoint = new MirroredCheckpoint(shown.Size, shown.Root, note),
            };
            if (await node.Audit.StoreMirroredAsync(update, ct))
            {
                return update.NewSize;
            }
        }

        return Busy();
    }

    /// <summary>Takes in entries of the caller's log.</summary>
    /// <param name="caller">Who pushes.</param>
    /// <param name="origin">The log, which is the caller's.</param>
    /// <param name="files">Consecutive entry bundles, 1 to <see cref="BundlesMax"/>, none beyond the newest checkpoint
    /// that was pushed.</param>
    /// <param name="ct">Honoured until the store has accepted them.</param>
    /// <returns>
    /// How many entries are held, none more than before when the bundles begin behind them; or a refusal with
    /// <see cref="RefusalCode.RoleMayNot"/>, <see cref="RefusalCode.OriginWrong"/>, <see cref="RefusalCode.TooMany"/>,
    /// <see cref="RefusalCode.TileMalformed"/>, <see cref="RefusalCode.EntryMalformed"/>,
    /// <see cref="RefusalCode.LogSizeDiffers"/> when no checkpoint covers them, <see cref="RefusalCode.SplitView"/>
    /// when entries differ from those that are held, <see cref="RefusalCode.RootWrong"/> when they do not lead to a
    /// root that the log has signed, or <see cref="RefusalCode.LogBusy"/>.
    /// </returns>
    public async Task<Result<long>> TakeEntriesAsync(
        NodeId caller, string origin, IReadOnlyList<LogFile> files, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (!LogOf(caller).TryGet(out var log, out var refusal))
        {
            return refusal;
        }

        if (origin != log.Origin)
        {
            return new Refusal(RefusalCode.OriginWrong, "A node pushes its own log.");
        }

        if (!PushedEntries.Parse(files, BundlesMax).TryGet(out var pushed, out refusal))
        {
            return refusal;
        }

        for (var round = 0; round < RoundsMax; round++)
        {
            var held = await node.Audit.GetMirroredAsync(origin, ct) ?? new MirroredLog(origin, 0, LogHash.Empty);
            var newest = await node.Audit.GetMirroredCheckpointAsync(origin, ct);
            if (pushed.End > (newest?.Size ?? 0))
            {
                return new Refusal(RefusalCode.LogSizeDiffers, "No checkpoint that was pushed covers these entries.");
            }

            if (pushed.Begin > held.Size)
            {
                return held.Size;
            }

            if (!await AgreesAsync(pushed, held, ct))
            {
                return new Refusal(RefusalCode.SplitView, "The entries are not those that were pushed before.");
            }

            if (pushed.End <= held.Size)
            {
                return held.Size;
            }

            var made = await GrowAsync(pushed, held, ct);
            if (!made.TryGet(out var update, out refusal))
            {
                return refusal;
            }

            if (await node.Audit.StoreMirroredAsync(update, ct))
            {
                return update.NewSize;
            }
        }

        return Busy();
    }

    private static Refusal Contradicts(Checkpoint shown, RefusalCode code) => new(
        code,
        "The log has signed a checkpoint that does not go together with what it handed over.",
        localDetail: FormattableString.Invariant($"{shown.Origin} at size {shown.Size}"));

    private static Refusal Busy() =>
        new(RefusalCode.LogBusy, "The same log was pushed at the same time; repeat later.");

    // Of one size, the note with more cosignatures is the better evidence.
    private static bool IsNews(MirroredCheckpoint newest, VerifiedCheckpoint shown) =>
        shown.Checkpoint.Size > newest.Size
        || (shown.Checkpoint.Size == newest.Size
            && SignedNote.Parse(newest.Note.Span).TryGet(out var before, out _)
            && shown.Note.Signatures.Count > before.Signatures.Count);

    private Result<DirectoryLog> LogOf(NodeId caller) =>
        node.Directory.Now.TryFind(caller, out var peer) && peer.Log is { } log && log.IsAuditor(node.Self)
            ? log
            : new Refusal(RefusalCode.RoleMayNot, "This node is not an auditor of the caller's log.");

    private async Task<bool> AgreesAsync(PushedEntries pushed, MirroredLog held, CancellationToken ct)
    {
        var source = node.Audit.MirroredTiles(held.Origin);
        for (var index = pushed.Begin; index < Math.Min(pushed.End, held.Size);)
        {
            var id = TileLayout.BundleAt(held.Size, index / TileId.HashesMax);
            var bytes = await source.ReadBundleAsync(id, ct);
            foreach (var entry in EntryBundle.Parse(bytes!.Value, id.Width).Value)  // the store holds what it mirrors
            {
                if (index < pushed.End && !pushed[index].Span.SequenceEqual(entry.Span))
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }

    private async Task<Result<MirrorUpdate>> GrowAsync(PushedEntries pushed, MirroredLog held, CancellationToken ct)
    {
        var source = node.Audit.MirroredTiles(held.Origin);
        var edge = (await RightEdge.LoadAsync(source, held.Size, ct)).Value;
        var signed = (await node.Audit.ListMirroredCheckpointsAsync(held.Origin, held.Size + 1, CheckpointsMax, ct))
            .ToDictionary(checkpoint => checkpoint.Size);
        for (var index = held.Size; index < pushed.End; index++)
        {
            var entry = pushed[index];
            if (!LogEntry.Parse(entry.Span).TryGet(out _, out var refusal))
            {
                return refusal.Within(FormattableString.Invariant($"entries[{index}]"));
            }

            edge.Append(LogHash.Leaf(entry.Span));
            if (signed.TryGetValue(edge.Size, out var checkpoint) && checkpoint.Root != edge.Root())
            {
                var shown = new Checkpoint(held.Origin, checkpoint.Size, checkpoint.Root);
                await node.KeepContradictionAsync(shown, checkpoint.Note, null, ct);
                return Contradicts(shown, RefusalCode.RootWrong);
            }
        }

        var before = held.Size % TileId.HashesMax == 0
            ? null
            : await source.ReadBundleAsync(TileLayout.BundleAt(held.Size, held.Size / TileId.HashesMax), ct);
        return new MirrorUpdate
        {
            Origin = held.Origin,
            ExpectedSize = held.Size,
            NewSize = pushed.End,
            Root = edge.Root(),
            Bundles = pushed.BundlesFrom(held.Size, before),
            Tiles = edge.TakeChanged(),
        };
    }
}
