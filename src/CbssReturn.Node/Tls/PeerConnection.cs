using CbssReturn.Sealing;
using Microsoft.AspNetCore.Connections;

namespace CbssReturn.Node.Tls;

/// <summary>A live connection of a peer.</summary>
/// <param name="Peer">Who it belongs to.</param>
/// <param name="Pin">The key that it was made with.</param>
/// <param name="Connection">The connection.</param>
internal sealed record PeerConnection(NodeId Peer, Digest Pin, ConnectionContext Connection);
