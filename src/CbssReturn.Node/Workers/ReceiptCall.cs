using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk.Receipts;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;
using Google.Protobuf;

namespace CbssReturn.Node.Workers;

/// <summary>Asks one peer for the final receipts that it owes.</summary>
internal sealed class ReceiptCall(ReceiptPorts ports, PeerChannels channels)
{
    /// <summary>Most calls to one peer in a row; what is left waits for its next turn.</summary>
    public const int CallsMax = 16;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Asks and keeps what is true.</summary>
    /// <param name="peer">Who is asked.</param>
    /// <param name="behind">Packets behind this row; <c>default</c> from the first.</param>
    /// <param name="ct">Ends the calls.</param>
    /// <returns>What was kept; or why a call failed, and then what earlier calls gave is kept all the same.</returns>
    public async Task<Result<Asked>> AskAsync(NodeId peer, RowId behind, CancellationToken ct)
    {
        if (!channels.Get(peer).TryGet(out var channel, out var refusal)
            || !(await channel.GreetAsync(ct)).TryGet(out _, out refusal))
        {
            return refusal;
        }

        var (kept, asked) = (0, 0);
        for (var call = 0; call < CallsMax; call++)
        {
            var waiting = await ports.Waiting(peer, behind, ct);
            if (waiting.Count > 0)
            {
                if (!(await CallAsync(channel, waiting, ct)).TryGet(out var answers, out refusal))
                {
                    return refusal;
                }

                kept += (await ports.Take(peer, waiting, answers, ct)).Kept;
                asked += waiting.Count;
                behind = waiting[^1].Row;
            }

            if (waiting.Count < GiveFinalReceipts.PacketsMax)
            {
                return new Asked(kept, kept == asked, default);
            }
        }

        return new Asked(kept, false, behind);
    }

    private static async Task<Result<IReadOnlyList<FinalReceipt>>> CallAsync(
        PeerChannel channel, IReadOnlyList<UnprovenPacket> waiting, CancellationToken ct)
    {
        var request = new GetFinalReceiptsRequest
        {
            PacketIds = { waiting.Select(packet => UnsafeByteOperations.UnsafeWrap(packet.Id.ToArray())) },
        };
        var answered = await channel.CallLogAsync(
            token => channel.Client.GetFinalReceiptsAsync(request, cancellationToken: token), Deadline, ct);
        return answered.Then<IReadOnlyList<FinalReceipt>>(response => response.Receipts
            .Where(receipt => receipt.FinalProof is not null)
            .Take(waiting.Count)
            .Select(ToUseCase)
            .ToList());
    }

    private static FinalReceipt ToUseCase(Contracts.Exchange.V1.Receipt receipt) => new(
        new StoredReceipt(receipt.Record.Memory, receipt.Signature.Memory),
        receipt.FinalProof.Entry.Memory,
        receipt.FinalProof.TlogProof.Memory);

    /// <summary>What came of it.</summary>
    /// <param name="Kept">How many receipts are final now that were not.</param>
    /// <param name="IsAll">Whether the peer owes nothing more of what it was asked for, nor of what follows.</param>
    /// <param name="Behind">Where to go on; <c>default</c> from the first.</param>
    internal sealed record Asked(int Kept, bool IsAll, RowId Behind);
}
