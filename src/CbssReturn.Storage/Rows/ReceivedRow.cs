using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>One packet that reached this node and was answered with a receipt. It is the replay memory as well: the
/// pair (<see cref="SenderKid"/>, <see cref="PacketId"/>) is unique for as long as packets are remembered.</summary>
public sealed record ReceivedRow
{
    /// <summary>Names the row.</summary>
    public required RowId RowId { get; init; }

    /// <summary>The key that signed the envelope.</summary>
    public required KeyId SenderKid { get; init; }

    /// <summary>The packet id that the sender chose.</summary>
    public required PacketId PacketId { get; init; }

    /// <summary>Hash of the envelope's head.</summary>
    public required Digest EnvelopeHash { get; init; }

    /// <summary>The referral it belongs to; null when it belongs to none, always null unless stored.</summary>
    public RowId? ReferralId { get; init; }

    /// <summary>What became of it.</summary>
    public required ReceivedState State { get; init; }

    /// <summary>Why it was quarantined or refused; null exactly when stored.</summary>
    public RefusalCode? ReasonCode { get; init; }

    /// <summary>What the sender was told, and is told again.</summary>
    public required StoredReceipt Receipt { get; init; }

    /// <summary>The secrets of the parts, sealed for table <c>received</c> and this row id; null unless stored, and
    /// when the envelope is not kept.</summary>
    public SealedContent? Secrets { get; init; }

    /// <summary>When received, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
