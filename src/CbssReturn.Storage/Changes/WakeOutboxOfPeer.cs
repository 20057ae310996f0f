namespace CbssReturn.Storage.Changes;

/// <summary>Makes waiting packets for a peer due at once, oldest first, because the peer was heard of. House-keeping;
/// never a conflict. Rows under a running lease stay as they are.</summary>
/// <param name="PeerIndex">The peer.</param>
/// <param name="Now">The moment, UTC.</param>
public sealed record WakeOutboxOfPeer(PeerIndex PeerIndex, DateTimeOffset Now) : StoreChange
{
    /// <summary>Most rows that one change wakes; what waits behind them follows with the next one.</summary>
    public const int RowsMax = 4096;
}
