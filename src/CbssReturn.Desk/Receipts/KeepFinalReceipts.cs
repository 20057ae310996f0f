using System.Collections.Concurrent;
using CbssReturn.AuditLog;
using CbssReturn.Desk.Receiving;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Receipts;

/// <summary>Asks which receipts of this node's packets are not final yet, and keeps what makes one final once it is
/// verified (docs/spec/receipt-proof.md, section 3).</summary>
public sealed class KeepFinalReceipts(NodeContext node, IRefusalLog log)
{
    // Before the packet's row: that a wrong proof of it was noted, so that a restart does not note it again.
    private const string WrongKeyPrefix = "receipt.wrong.";

    // So many are remembered without a look into the store.
    private const int ToldMax = 10_000;

    private readonly PeersByIndex _peers = new(node);

    // Packets of which a wrong proof was noted by this process; those noted before it started are in the store.
    private readonly ConcurrentDictionary<RowId, bool> _told = new();

    /// <summary>Lists the peers of the directory in force that keep a log and owe a proof.</summary>
    public async Task<IReadOnlyList<NodeId>> PeersAsync(CancellationToken ct)
    {
        var byIndex = _peers.Now();
        var owing = await node.Audit.ListPeersWithoutProofAsync(ct);
        return
        [
            .. owing.Where(byIndex.ContainsKey).Select(index => byIndex[index])
                .Where(peer => node.LogOf(peer) is not null),
        ];
    }

    /// <summary>Lists packets of a peer whose receipt is not final, those queued first first.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="after">Only packets behind this row; <c>default</c> for all.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>At most as many as one call may ask for, <see cref="GiveFinalReceipts.PacketsMax"/>.</returns>
    public async Task<IReadOnlyList<UnprovenPacket>> WaitingAsync(NodeId peer, RowId after, CancellationToken ct)
    {
        var rows = await node.Audit.ListDeliveredWithoutProofAsync(
            node.PeerIndexOf(peer), after, GiveFinalReceipts.PacketsMax, ct);
        return [.. rows.Select(row => new UnprovenPacket(row.RowId, row.PacketId))];
    }

    /// <summary>Verifies what a peer answered and keeps what is true, each in a transaction of its own. What is not
    /// true is noted once a packet and told to the local log.</summary>
    /// <param name="peer">Who answered.</param>
    /// <param name="asked">What it was asked for.</param>
    /// <param name="answers">What it gave; what nobody asked for is passed over.</param>
    /// <param name="ct">Honoured between two packets and until a change is accepted.</param>
    public async Task<TakenReceipts> TakeAsync(
        NodeId peer, IReadOnlyList<UnprovenPacket> asked, IReadOnlyList<FinalReceipt> answers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(answers);
        var open = asked.ToDictionary(packet => packet.Id);
        var (kept, wrong) = (0, 0);
        foreach (var answer in answers)
        {
            // An answer names its packet in the first bytes of its record, and each packet is answered once.
            if (!Receipt.Parse(answer.Receipt.Record.Span, answer.Receipt.Signature.Span).TryGet(out var receipt, out _)
                || !open.Remove(receipt.PacketId, out var packet))
            {
                continue;
            }

            if ((await TakeOneAsync(peer, packet, receipt, answer, ct)).TryGet(out var isKept, out var refusal))
            {
                kept += isKept ? 1 : 0;
                continue;
            }

            wrong++;
            log.Refused(refusal.Code, refusal.LocalDetail);
            await NoteWrongAsync(peer, packet, refusal.Code, ct);
        }

        return new TakenReceipts(kept, wrong);
    }

    /// <returns>Whether it is kept now; or why it is not true.</returns>
    private async Task<Result<bool>> TakeOneAsync(
        NodeId peer, UnprovenPacket packet, Receipt receipt, FinalReceipt answer, CancellationToken ct)
    {
        if (await node.Store.GetOutboxRowAsync(packet.Row, ct) is not { Receipt: { } held } row
            || row.PacketId != packet.Id
            || !node.OpenFile(row).TryGet(out var file, out _))
        {
            // Not the peer's fault: it is asked for again.
            return false;
        }

        if (!held.Record.Span.SequenceEqual(answer.Receipt.Record.Span)
            || !held.Signature.Span.SequenceEqual(answer.Receipt.Signature.Span))
        {
            return new Refusal(RefusalCode.ReceiptInvalid, "The peer gave another receipt before.");
        }

        if (!Verify(peer, receipt, answer, file.Trail).TryGet(out var proof, out var refusal))
        {
            return refusal;
        }

        var trail = file.Trail with { Tag = proof.Entry.Tag };
        var detail = DetailOf(AuditDetailKind.ReceiptFinal, peer, packet.Id) with
        {
            ReferralId = file.ReferralId,
        };

        // A conflict says that another look was quicker: it is proven all the same.
        var outcome = await node.Store.CommitAsync(
            new NodeTransaction(
                "receipt-final",
                new StoreProof(new OutboxProofRow
                {
                    RowId = packet.Row,
                    PeerEntryIndex = proof.Proof.Index,
                    Entry = answer.Entry,
                    Proof = answer.TlogProof,
                }),
                node.OnTrail(
                    AuditEvent.ReceiptStored, AuditOutcome.Done, trail, detail, peerEntryIndex: proof.Proof.Index)),
            ct);
        return outcome.IsCommitted;
    }

    private Result<ReceiptProof> Verify(NodeId peer, Receipt receipt, FinalReceipt answer, PacketTrail trail)
    {
        if (node.LogOf(peer) is not { } peerLog)
        {
            return new Refusal(RefusalCode.LogUnknown, "The directory names no log of the peer.");
        }

        if (answer.TlogProof.Length > OutboxProofRow.ProofSizeBytesMax)
        {
            return new Refusal(RefusalCode.ProofMalformed, "The proof is larger than 64 KiB.");
        }

        if (!ReceiptProof.Create(receipt, answer.Entry.Span, answer.TlogProof.Span)
                .TryGet(out var proof, out var refusal)
            || !proof.VerifyEntry(peerLog.LogKey, node.WitnessKeys(), quorum: 0).TryGet(out _, out refusal))
        {
            return refusal;
        }

        // Of a refused packet the tag was compared already: it follows from the envelope.
        return IsThisNode(proof.Entry.Peer.Span)
            && (receipt.Outcome is ReceiptOutcome.Refused || proof.Entry.Tag == trail.Tag)
                ? proof
                : new Refusal(RefusalCode.ReceiptInvalid, "The peer's entry is about another packet or node.");
    }

    // By the log, or without one: the receiver's directory was perhaps an older one.
    private bool IsThisNode(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(node.AuditNameOf(node.Self))
        || name.SequenceEqual(LogEntry.PeerName(AuditTrail.NameWithoutLog(node.Self)));

    private async Task NoteWrongAsync(NodeId peer, UnprovenPacket packet, RefusalCode code, CancellationToken ct)
    {
        if (_told.Count >= ToldMax)
        {
            _told.Clear();
        }

        var key = WrongKeyPrefix + packet.Row;
        if (!_told.TryAdd(packet.Row, true) || await node.Store.GetMetaAsync(key, ct) is not null)
        {
            return;
        }

        var detail = DetailOf(AuditDetailKind.ReceiptProofWrong, peer, packet.Id) with { ReasonCode = (int)code };
        await node.Store.CommitAsync(
            new NodeTransaction(
                "receipt-wrong",
                new PutMeta(key, ReadOnlyMemory<byte>.Empty),
                node.Local(detail, AuditOutcome.Refused)),
            ct);
    }

    private AuditDetail DetailOf(AuditDetailKind kind, NodeId peer, PacketId packet) => new()
    {
        Kind = kind,
        At = node.Now,
        Peer = peer.ToArray(),
        PacketId = packet.ToArray(),
    };
}
