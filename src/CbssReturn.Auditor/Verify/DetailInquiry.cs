using CbssReturn.AuditLog;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Verify;

/// <summary>Holds what a node says about the detail of an entry against the own copy of its log
/// (docs/spec/audit-log.md, section 2).</summary>
internal sealed class DetailInquiry
{
    private readonly ITileSource _mirror;
    private readonly VerifiedCheckpoint _known;
    private readonly long _index;
    private readonly IReadOnlyList<(string Name, ReadOnlyMemory<byte> Blob)> _evidence;

    private DetailInquiry(
        ITileSource mirror,
        VerifiedCheckpoint known,
        long index,
        LogEntry entry,
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Blob)> evidence) =>
        (_mirror, _known, _index, Entry, _evidence) = (mirror, known, index, entry, evidence);

    /// <summary>The entry.</summary>
    public LogEntry Entry { get; }

    /// <summary>Finds the entry in the own copy.</summary>
    /// <param name="mirror">The own copy.</param>
    /// <param name="known">The checkpoint that it leads to.</param>
    /// <param name="index">The entry, from 0.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>What the node may be asked; or a refusal with <see cref="RefusalCode.NotFound"/> when the copy does not
    /// hold the entry, or the entry has no detail.</returns>
    public static async Task<Result<DetailInquiry>> BeginAsync(
        ITileSource mirror, VerifiedCheckpoint known, long index, CancellationToken ct)
    {
        var evidence = await EntryEvidence.FindAsync(mirror, known, index, ct);
        if (evidence is null || !LogEntry.Parse(evidence[0].Blob.Span).TryGet(out var entry, out _))
        {
            return new Refusal(
                RefusalCode.NotFound,
                "The own copy does not hold this entry; cbss-auditor mirror fetches it.",
                "index");
        }

        return entry.Detail is null
            ? new Refusal(RefusalCode.NotFound, "This entry has no detail.", "index")
            : new DetailInquiry(mirror, known, index, entry, evidence);
    }

    /// <summary>Judges what the node said.</summary>
    /// <param name="answer">The detail, or why it was not given.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>
    /// The detail; or a finding with <see cref="AlarmKind.DetailMissing"/> when there is none or another one and no
    /// entry says that it was erased; or a refusal: <see cref="RefusalCode.DetailErased"/> when one does, or the node
    /// says so and its log not yet, or what kept the node from answering.
    /// </returns>
    public async Task<Result<(EntryDetail? Detail, Finding? Finding)>> JudgeAsync(
        Result<ReadOnlyMemory<byte>> answer, CancellationToken ct)
    {
        var isGiven = answer.TryGet(out var bytes, out var refusal);
        if (isGiven && EntryDetail.Open(bytes, Entry.Detail.GetValueOrDefault()).TryGet(out var detail, out _))
        {
            return (detail, null);
        }

        if (!isGiven
            && refusal!.Code is not (RefusalCode.DetailErased or RefusalCode.DetailWrong or RefusalCode.NotFound))
        {
            return refusal;
        }

        if (await FindErasureAsync(ct) is { } erasure)
        {
            return new Refusal(
                RefusalCode.DetailErased,
                FormattableString.Invariant($"The detail was erased; the log says so in its entry {erasure}."));
        }

        if (!isGiven && refusal!.Code == RefusalCode.DetailErased)
        {
            return new Refusal(
                RefusalCode.DetailErased,
                "The node says that the detail was erased, and its log does not say so "
                    + FormattableString.Invariant($"up to its entry {_known.Checkpoint.Size - 1}. ")
                    + "Fetch what is new after its next checkpoint, and ask again.");
        }

        return (null, Finding.Of(
            AlarmKind.DetailMissing,
            AlarmLevel.High,
            _known.Checkpoint.Origin,
            FormattableString.Invariant($"entry {_index}"),
            isGiven
                ? "The node shows a detail that is not the one that the entry commits to."
                : "The node does not have the detail that the entry commits to, and no entry says that it was erased.",
            _index,
            _evidence));
    }

    private async Task<long?> FindErasureAsync(CancellationToken ct)
    {
        var size = _known.Checkpoint.Size;
        for (var place = (_index + 1) / TileId.HashesMax; place * TileId.HashesMax < size; place++)
        {
            var id = TileLayout.BundleAt(size, place);
            if (await _mirror.ReadBundleAsync(id, ct) is not { } bundle
                || !EntryBundle.Parse(bundle, id.Width).TryGet(out var entries, out _))
            {
                continue;
            }

            foreach (var (offset, bytes) in entries.Index())
            {
                if (LogEntry.Parse(bytes.Span).TryGet(out var entry, out _)
                    && entry.Event is AuditEvent.DetailErased
                    && entry.Index == _index
                    && EntryRules.CheckErasure(entry, Entry) is null)
                {
                    return id.FirstEntry + offset;
                }
            }
        }

        return null;
    }
}
