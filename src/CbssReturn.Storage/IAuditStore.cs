using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage;

/// <summary>The door to the node's own audit log: intake, tree, details, checkpoints. What is kept of other logs stands
/// in <see cref="IPeerLogStore"/>.</summary>
/// <remarks>
/// Every member may be called from any thread and throws <see cref="StoreException"/> as those of
/// <see cref="INodeStore"/> do. A member that changes something is one transaction, durable when its task ends well;
/// a cancellation is honoured until it is accepted, not after. Anything outside its limits is a mistake of the
/// caller's and an <see cref="ArgumentException"/>. Rows come into the intake, details go and proofs are kept through
/// <see cref="INodeStore.CommitAsync"/>, together with what they are about.
/// </remarks>
public interface IAuditStore : IPeerLogStore
{
    /// <summary>The own log as tiles and entry bundles; null for what is not there in that width.</summary>
    ITileSource Tiles { get; }

    /// <summary>Makes the caller the only one who may append: adds one to the generation, which fences out every
    /// sequencer that began earlier.</summary>
    /// <returns>The head with the new generation.</returns>
    Task<AuditHead> BeginGenerationAsync(CancellationToken ct);

    /// <summary>Reads where the log ends.</summary>
    Task<AuditHead> GetAuditHeadAsync(CancellationToken ct);

    /// <summary>Waits until rows may have come into the intake since the last wait ended; the first wait after opening
    /// ends at once. For one sequencer.</summary>
    Task WaitForAuditIntakeAsync(CancellationToken ct);

    /// <summary>Reads intake rows in their order, without their details: <see cref="AuditIntakeRow.Detail"/> is
    /// null.</summary>
    /// <param name="max">Most rows, 1 to <see cref="AuditIntegration.EntriesMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<AuditIntakeRow>> ReadWaitingAsync(int max, CancellationToken ct);

    /// <summary>Counts the rows of the intake.</summary>
    Task<long> CountAuditIntakeAsync(CancellationToken ct);

    /// <summary>Moves intake rows into the tree: entries, tiles, details, places and head change together, and exactly
    /// the rows that were read leave the intake.</summary>
    /// <returns>False when nothing was kept, because generation, size or intake are not those that the step was made
    /// for; then the caller begins anew.</returns>
    Task<bool> IntegrateAsync(AuditIntegration integration, CancellationToken ct);

    /// <summary>Takes entries in from a mirror; the tags of the packets received among them become lost tags.</summary>
    /// <returns>False when nothing was kept, because generation or size are not those that the step was made for, or a
    /// recorded checkpoint covers more than the common part; or because more than
    /// <see cref="AuditAdoption.TailMax"/> entries would have to be put back.</returns>
    Task<bool> AdoptEntriesAsync(AuditAdoption adoption, CancellationToken ct);

    /// <summary>Whether a packet with this transfer tag was received before a rollback, though its row is
    /// lost.</summary>
    Task<bool> IsLostTagAsync(Digest tag, CancellationToken ct);

    /// <summary>Reads entries.</summary>
    /// <param name="from">Index of the first, from 0.</param>
    /// <param name="max">Most entries, 1 to <see cref="AuditIntegration.EntriesMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Consecutive entries from the first on; none when it is not there.</returns>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(long from, int max, CancellationToken ct);

    /// <summary>Finds the newest entry about a received or outgoing packet; null when none is in the tree.</summary>
    Task<long?> GetPlaceAsync(RowId rowId, CancellationToken ct);

    /// <summary>Reads the detail of an entry; null when it was erased or never kept.</summary>
    Task<AuditDetailRow?> GetDetailAsync(long index, CancellationToken ct);

    /// <summary>Writes down what is about to be signed: size and root of the head. To be called before a signature
    /// exists.</summary>
    /// <param name="size">Size of the head.</param>
    /// <param name="root">Root of the head.</param>
    /// <param name="at">End of the publishing interval, UTC.</param>
    /// <param name="generation">The sequencer's generation.</param>
    /// <param name="ct">Honoured until the request is accepted.</param>
    /// <returns>True when this size may be signed with this root, also when that was recorded before. False when
    /// nothing may be signed: head or generation are others, a larger size or another root of this one was recorded,
    /// or the log is not <see cref="AuditLogState.Signing"/>.</returns>
    Task<bool> RecordCheckpointAsync(
        long size, Digest root, DateTimeOffset at, long generation, CancellationToken ct);

    /// <summary>Keeps a note for a recorded size, in place of one with fewer cosignatures.</summary>
    /// <param name="size">A recorded size.</param>
    /// <param name="note">The signed note, 1 byte to 16 KiB.</param>
    /// <param name="ct">Honoured until the request is accepted.</param>
    /// <returns>False when the size was not recorded.</returns>
    Task<bool> StoreNoteAsync(long size, ReadOnlyMemory<byte> note, CancellationToken ct);

    /// <summary>Reads the checkpoint of the largest size; null for none.</summary>
    /// <param name="isSigned">Whether only those with a note count.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<AuditCheckpointRow?> GetNewestCheckpointAsync(bool isSigned, CancellationToken ct);

    /// <summary>Lists the signed checkpoints of the largest sizes, the largest first.</summary>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<AuditCheckpointRow>> ListSignedCheckpointsAsync(int max, CancellationToken ct);

    /// <summary>Reads the checkpoint of a size; null for none.</summary>
    Task<AuditCheckpointRow?> GetCheckpointAsync(long size, CancellationToken ct);

    /// <summary>Holds everything that is kept of logs, the own one and others', against each other: every entry is
    /// hashed and every row of these tables is read, which takes a minute and more for a million entries. What waits in
    /// the intake is not in the log yet; only its details are opened.</summary>
    /// <param name="means">What those who hold keys can tell.</param>
    /// <param name="ct">Ends the check.</param>
    /// <returns>What is wrong; at most <see cref="AuditDamage.ListMax"/>. Of a tree the first fault only.</returns>
    Task<IReadOnlyList<AuditDamage>> CheckAsync(AuditCheckMeans means, CancellationToken ct);

    /// <summary>Reads whether checkpoints may be signed.</summary>
    Task<AuditLogState> GetAuditLogStateAsync(CancellationToken ct);

    /// <summary>Says whether checkpoints may be signed.</summary>
    Task SetAuditLogStateAsync(AuditLogState state, CancellationToken ct);

    /// <summary>Reads the proof that made a receipt final; null while it is not.</summary>
    Task<OutboxProofRow?> GetProofAsync(RowId rowId, CancellationToken ct);

    /// <summary>Lists the peers that have signed a receipt that is not final, at most
    /// <see cref="StoreLimits.ListMax"/>.</summary>
    Task<IReadOnlyList<PeerIndex>> ListPeersWithoutProofAsync(CancellationToken ct);

    /// <summary>Lists packets whose receipt is not final, those queued first first.</summary>
    /// <param name="peerIndex">The recipient.</param>
    /// <param name="after">Only rows behind this one; <c>default</c> for all.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<OutboxRow>> ListDeliveredWithoutProofAsync(
        PeerIndex peerIndex, RowId after, int max, CancellationToken ct);
}
