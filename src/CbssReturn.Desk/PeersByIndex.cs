using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk;

/// <summary>Finds the node behind the index that stands in the store for a peer. Safe to use from every
/// thread.</summary>
internal sealed class PeersByIndex(NodeContext node)
{
    // Replaced as a whole when the directory is; an index costs two hashes, and a directory may list thousands.
    private volatile Known? _known;

    /// <summary>The other nodes of the directory in force, suspended ones apart; none when it has ended.</summary>
    public IReadOnlyDictionary<PeerIndex, NodeId> Now()
    {
        if (node.Directory.IsExpired)
        {
            return Known.None;
        }

        var directory = node.Directory.Now;
        if (_known is not { } known || known.Directory != directory)
        {
            var entries = directory.Nodes.Where(entry => !entry.IsSuspended && entry.Id != node.Self);
            var byIndex = entries.ToDictionary(entry => node.PeerIndexOf(entry.Id), entry => entry.Id);
            _known = known = new Known(directory, byIndex);
        }

        return known.ByIndex;
    }

    private sealed record Known(NodeDirectory Directory, Dictionary<PeerIndex, NodeId> ByIndex)
    {
        public static IReadOnlyDictionary<PeerIndex, NodeId> None { get; } = new Dictionary<PeerIndex, NodeId>();
    }
}
