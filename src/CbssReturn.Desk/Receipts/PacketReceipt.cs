using CbssReturn.Sealing;

namespace CbssReturn.Desk.Receipts;

/// <summary>What a person sees of the receipt of a packet.</summary>
/// <param name="Outcome">What the recipient signed for.</param>
/// <param name="At">When, by the recipient's clock, UTC.</param>
/// <param name="Final">Where the recipient's log says the same; null while the receipt is immediate only.</param>
public sealed record PacketReceipt(ReceiptOutcome Outcome, DateTimeOffset At, FinalPlace? Final);
