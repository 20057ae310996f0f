using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Peers;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>What pushing outward works with.</summary>
/// <param name="Self">This node, which is never called.</param>
/// <param name="Directory">Who the auditors and witnesses are.</param>
/// <param name="Channels">The ways to them.</param>
/// <param name="PushMax">How long one call may take.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">The log.</param>
internal sealed record PusherSetting(
    NodeId Self,
    CurrentDirectory Directory,
    PeerChannels Channels,
    TimeSpan PushMax,
    TimeProvider Time,
    ILogger Log);
