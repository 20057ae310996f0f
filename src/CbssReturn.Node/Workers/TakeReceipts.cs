using CbssReturn.Desk.Receipts;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Verifies what a peer answered and keeps what is true.</summary>
/// <param name="peer">Who answered.</param>
/// <param name="asked">What it was asked for.</param>
/// <param name="answers">What it gave.</param>
/// <param name="ct">Honoured between two packets.</param>
internal delegate Task<TakenReceipts> TakeReceipts(
    NodeId peer, IReadOnlyList<UnprovenPacket> asked, IReadOnlyList<FinalReceipt> answers, CancellationToken ct);
