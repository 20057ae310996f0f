namespace CbssReturn.AuditLog;

/// <summary>All that a <see cref="TagLedger"/> knows, as plain values that any serializer takes. Moments are POSIX
/// seconds, tags lower-case hex.</summary>
public sealed record TagLedgerState
{
    /// <summary>The one log.</summary>
    public required TagLogState First { get; init; }

    /// <summary>The other log.</summary>
    public required TagLogState Second { get; init; }

    /// <summary>The packets that are remembered.</summary>
    public required IReadOnlyList<TagTransferState> Transfers { get; init; }
}
