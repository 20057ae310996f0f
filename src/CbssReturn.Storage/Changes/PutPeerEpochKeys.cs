using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Replaces all that is kept of a peer's envelope keys. House-keeping; never a conflict.</summary>
/// <param name="PeerIndex">The peer, by the index made with the label <c>peer_epoch_keys</c>.</param>
/// <param name="Rows">0 to <see cref="RowsMax"/> keys, each day at most once.</param>
public sealed record PutPeerEpochKeys(PeerIndex PeerIndex, IReadOnlyList<PeerEpochKeyRow> Rows) : StoreChange
{
    /// <summary>Most keys of one peer.</summary>
    public const int RowsMax = 64;
}
