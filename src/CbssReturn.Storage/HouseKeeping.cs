namespace CbssReturn.Storage;

/// <summary>The transactions that may be committed without an audit intake row: they tell nothing about a person and
/// change nothing that anybody asked for.</summary>
/// <remarks>Each name may hold only its own kinds of change, so that none becomes a way around the audit log.</remarks>
public static class HouseKeeping
{
    /// <summary>Puts a claimed outbox row back until later: <see cref="Changes.DeferOutbox"/>.</summary>
    public const string OutboxDefer = "outbox-defer";

    /// <summary>Makes a peer's waiting rows due at once: <see cref="Changes.WakeOutboxOfPeer"/>.</summary>
    public const string OutboxWake = "outbox-wake";

    /// <summary>Keeps the envelope keys that a peer published: <see cref="Changes.PutPeerEpochKeys"/>.</summary>
    public const string PeerEpochKeys = "peer-epoch-keys";

    /// <summary>Keeps a value of the node's own: <see cref="Changes.PutMeta"/>.</summary>
    public const string Meta = "meta";
}
