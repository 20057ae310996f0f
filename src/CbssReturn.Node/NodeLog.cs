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

    /// <summary>A packet was refused; the detail is never content.</summary>
    [LoggerMessage(6003, LogLevel.Warning, "A packet was refused: {Code} {Detail}")]
    public static partial void PacketRefused(ILogger log, RefusalCode code, string? detail);

    /// <summary>A stream of a peer broke a rule and was ended.</summary>
    [LoggerMessage(6004, LogLevel.Warning, "A stream of {Peer} broke a rule: {Code} {Detail}")]
    public static partial void StreamBroken(ILogger log, NodeId peer, RefusalCode code, string? detail);

    /// <summary>The store cannot work now.</summary>
    [LoggerMessage(6005, LogLevel.Critical, "The store cannot work now: {Code}")]
    public static partial void StoreUnavailable(ILogger log, RefusalCode code);

    /// <summary>A fault of ours while a packet was taken in.</summary>
    [LoggerMessage(6006, LogLevel.Error, "A packet could not be taken in because of a fault")]
    public static partial void ReceiveFailed(ILogger log, Exception fault);

    /// <summary>A fault of ours in a call of the desk.</summary>
    [LoggerMessage(6007, LogLevel.Error, "A call of the desk failed because of a fault")]
    public static partial void DeskFailed(ILogger log, Exception fault);

    /// <summary>A directory is in force.</summary>
    [LoggerMessage(6010, LogLevel.Information, "Directory {Version} is in force with {Nodes} nodes")]
    public static partial void DirectoryApplied(ILogger log, ulong version, int nodes);

    /// <summary>A directory was not applied.</summary>
    [LoggerMessage(6011, LogLevel.Warning, "The directory file was not applied: {Code}")]
    public static partial void DirectoryRefused(ILogger log, RefusalCode code);

    /// <summary>Another TLS certificate is in use.</summary>
    [LoggerMessage(6012, LogLevel.Information, "Another TLS certificate is in use until {ExpiresAt}")]
    public static partial void CertificateRenewed(ILogger log, DateTimeOffset expiresAt);

    /// <summary>A changed TLS certificate was not taken up.</summary>
    [LoggerMessage(6013, LogLevel.Warning, "The changed TLS certificate was not taken up: {Code}")]
    public static partial void CertificateRefused(ILogger log, RefusalCode code);

    /// <summary>A peer could not be reached or refused.</summary>
    [LoggerMessage(6020, LogLevel.Information, "{Peer} was not reached: {Code}; {Packets} packets wait")]
    public static partial void DeliveryFailed(ILogger log, NodeId peer, RefusalCode code, int packets);

    /// <summary>A peer answered for packets.</summary>
    [LoggerMessage(6021, LogLevel.Debug, "{Peer} answered for {Packets} packets")]
    public static partial void DeliveryAnswered(ILogger log, NodeId peer, int packets);

    /// <summary>A peer's envelope keys were taken in.</summary>
    [LoggerMessage(6022, LogLevel.Information, "{Keys} envelope keys of {Peer} are known")]
    public static partial void EpochKeysLearned(ILogger log, NodeId peer, int keys);

    /// <summary>A peer's envelope keys are not to be had now.</summary>
    [LoggerMessage(6023, LogLevel.Information, "The envelope keys of {Peer} are not to be had: {Code}")]
    public static partial void EpochKeysMissing(ILogger log, NodeId peer, RefusalCode code);

    /// <summary>A worker failed and goes on.</summary>
    [LoggerMessage(6024, LogLevel.Error, "A round of {Worker} failed because of a fault")]
    public static partial void WorkerFailed(ILogger log, string worker, Exception fault);

    /// <summary>The node serves.</summary>
    [LoggerMessage(6030, LogLevel.Information, "The node {Node} is up")]
    public static partial void Started(ILogger log, NodeId node);

    /// <summary>The node stops.</summary>
    [LoggerMessage(6031, LogLevel.Information, "The node stops: {Reason}")]
    public static partial void Stopping(ILogger log, string reason);

    /// <summary>The node has stopped.</summary>
    [LoggerMessage(6032, LogLevel.Information, "The node has stopped")]
    public static partial void Stopped(ILogger log);

    /// <summary>What stands in the way of sending has changed.</summary>
    [LoggerMessage(6033, LogLevel.Information, "Problems: {Problems}")]
    public static partial void ProblemsChanged(ILogger log, string problems);
}
