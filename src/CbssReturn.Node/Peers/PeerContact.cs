using CbssReturn.Outcomes;

namespace CbssReturn.Node.Peers;

/// <summary>How the last contact with a peer went.</summary>
/// <param name="LastContactAt">When it last called or answered, in UTC; null for never since the node started.</param>
/// <param name="LastCode">Why the newest attempt failed; null when it went well.</param>
internal sealed record PeerContact(DateTimeOffset? LastContactAt, RefusalCode? LastCode);
