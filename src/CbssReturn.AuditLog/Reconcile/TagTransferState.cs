namespace CbssReturn.AuditLog;

/// <summary>What a <see cref="TagLedger"/> remembers of one packet. An index is null where no entry says so; moments
/// are POSIX seconds.</summary>
public sealed record TagTransferState
{
    /// <summary>The tag, 64 lower-case hexadecimal digits.</summary>
    public required string Tag { get; init; }

    /// <summary>Whether <see cref="TagLedgerState.First"/> is the sender.</summary>
    public required bool IsFromFirst { get; init; }

    /// <summary>PACKET_SENT with outcome PENDING.</summary>
    public TagMarkState? Sent { get; init; }

    /// <summary>PACKET_SENT with another outcome.</summary>
    public TagMarkState? Closed { get; init; }

    /// <summary>The outcome of <see cref="Closed"/>, as in entry v1; 0 for none.</summary>
    public int ClosedOutcome { get; init; }

    /// <summary>RECEIPT_STORED.</summary>
    public TagMarkState? Receipt { get; init; }

    /// <summary>Where the receipt says that the receiver's entry stands.</summary>
    public long ReceiptPeerIndex { get; init; }

    /// <summary>PACKET_RECEIVED.</summary>
    public TagMarkState? Received { get; init; }

    /// <summary>PACKET_REFUSED.</summary>
    public TagMarkState? Refused { get; init; }

    /// <summary>First entry of the sender that says again what it has said; null for none.</summary>
    public long? SenderAgain { get; init; }

    /// <summary>First entry of the receiver that says again what it has said; null for none.</summary>
    public long? ReceiverAgain { get; init; }

    /// <summary>Which findings were given out, a digit a kind: its highest level.</summary>
    public required string Given { get; init; }
}
