using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node;

/// <summary>Every line that this room logs. Codes, node ids, counts and sizes may stand there; persons, cases, users,
/// keys and addresses may not.</summary>
internal static partial class NodeLog
{
    /// <summary>A connection was refused before the first request.</summary>
    [LoggerMessage(6001, LogLevel.Warning, "A peer's connection was refused: {Code}")]
    public static partial void PeerRefused(ILogger log, RefusalCode code);

    /// <summary>A live connection was ended because of a new directory.</summary>
    [LoggerMessage(6002, LogLevel.Warning, "Connection of {Peer} ended: the directory no longer allows it")]
    public static partial void ConnectionAborted(ILogger log, NodeId peer);
}
