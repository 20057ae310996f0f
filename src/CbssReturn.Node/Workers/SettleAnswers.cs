using CbssReturn.Desk;
using CbssReturn.Desk.Outbox;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Settles answers of a peer; they are committed together.</summary>
/// <param name="peer">Who answered.</param>
/// <param name="answers">What, for which packets.</param>
/// <param name="ct">Honoured until the change is accepted.</param>
internal delegate Task SettleAnswers(
    NodeId peer, IReadOnlyList<(ClaimedPacket Packet, DeliveryAnswer Answer)> answers, CancellationToken ct);
