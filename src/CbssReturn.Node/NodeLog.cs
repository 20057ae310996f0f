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

    /// <summary>Receipts of a peer became final.</summary>
    [LoggerMessage(6025, LogLevel.Information, "{Receipts} receipts of {Peer} are final")]
    public static partial void ReceiptsFinal(ILogger log, NodeId peer, int receipts);

    /// <summary>A peer did not give final receipts now.</summary>
    [LoggerMessage(6026, LogLevel.Information, "{Peer} gave no final receipts: {Code}")]
    public static partial void ReceiptsMissing(ILogger log, NodeId peer, RefusalCode code);

    /// <summary>Details whose time was over are gone.</summary>
    [LoggerMessage(6060, LogLevel.Information, "The details of {Entries} audit entries were erased")]
    public static partial void DetailsErased(ILogger log, int entries);

    /// <summary>A call of a peer about an audit log was refused.</summary>
    [LoggerMessage(6040, LogLevel.Warning, "A call of {Peer} about an audit log was refused: {Code} {Detail}")]
    public static partial void LogCallRefused(ILogger log, NodeId peer, RefusalCode code, string? detail);

    /// <summary>A checkpoint was not cosigned.</summary>
    [LoggerMessage(6041, LogLevel.Information, "A checkpoint that {Peer} showed was not cosigned: {Status} {Code}")]
    public static partial void NotCosigned(ILogger log, NodeId peer, int status, RefusalCode code);

    /// <summary>A log has shown two faces; both notes are kept.</summary>
    [LoggerMessage(6042, LogLevel.Critical, "The audit log of {Peer} contradicts itself: {Code}")]
    public static partial void LogContradicts(ILogger log, NodeId peer, RefusalCode code);

    /// <summary>A checkpoint that came with a call is not one.</summary>
    [LoggerMessage(6043, LogLevel.Warning, "A checkpoint that {Peer} carried was not taken in: {Code}")]
    public static partial void SeenRefused(ILogger log, NodeId peer, RefusalCode code);

    /// <summary>A checkpoint was published.</summary>
    [LoggerMessage(6044, LogLevel.Debug, "A checkpoint over {Size} entries is signed")]
    public static partial void CheckpointPublished(ILogger log, long size);

    /// <summary>No checkpoint was published.</summary>
    [LoggerMessage(6045, LogLevel.Critical, "No checkpoint was signed: {Code}")]
    public static partial void CheckpointNotPublished(ILogger log, RefusalCode code);

    /// <summary>What was noted stays in the intake for now.</summary>
    [LoggerMessage(6055, LogLevel.Critical, "The audit log takes nothing in: {Code}")]
    public static partial void IntakeNotMoved(ILogger log, RefusalCode code);

    /// <summary>The static form of the log was not written.</summary>
    [LoggerMessage(6046, LogLevel.Critical, "The audit log was not exported: {Code}")]
    public static partial void ExportFailed(ILogger log, RefusalCode code);

    /// <summary>A witness has not cosigned.</summary>
    [LoggerMessage(6047, LogLevel.Information, "Witness {Peer} has not cosigned: {Code}")]
    public static partial void WitnessMissing(ILogger log, NodeId peer, RefusalCode code);

    /// <summary>An auditor has not taken the newest entries.</summary>
    [LoggerMessage(6048, LogLevel.Information, "Auditor {Peer} has not taken the newest entries: {Code}")]
    public static partial void AuditorMissing(ILogger log, NodeId peer, RefusalCode code);

    /// <summary>Fewer witnesses than a quorum have cosigned since.</summary>
    [LoggerMessage(6049, LogLevel.Warning, "The audit log is unwitnessed since {Since}: {Cosigned} of {Quorum}")]
    public static partial void Unwitnessed(ILogger log, DateTimeOffset since, int cosigned, int quorum);

    /// <summary>A quorum has cosigned again.</summary>
    [LoggerMessage(6050, LogLevel.Information, "The audit log is witnessed again: {Cosigned} of {Quorum}")]
    public static partial void Witnessed(ILogger log, int cosigned, int quorum);

    /// <summary>Somebody has seen more of this node's log than the node knows.</summary>
    [LoggerMessage(6051, LogLevel.Critical, "The audit log is rolled back, as {Peer} shows: {Detail}")]
    public static partial void RolledBack(ILogger log, NodeId peer, string? detail);

    /// <summary>The way out of a rollback is shut for now.</summary>
    [LoggerMessage(6052, LogLevel.Critical, "The audit log stays rolled back: {Code}")]
    public static partial void StaysRolledBack(ILogger log, RefusalCode code);

    /// <summary>The way out of a rollback is gone.</summary>
    [LoggerMessage(6053, LogLevel.Warning, "The audit log has taken back {Entries} entries and goes on")]
    public static partial void LogRecovered(ILogger log, long entries);

    /// <summary>Somebody holds a checkpoint under this node's name that its own log does not agree with.</summary>
    [LoggerMessage(6054, LogLevel.Critical, "{Peer} holds another audit log of this node: {Code} {Detail}")]
    public static partial void SeenOtherwise(ILogger log, NodeId peer, RefusalCode code, string? detail);

    /// <summary>Nothing is signed until more have answered.</summary>
    [LoggerMessage(6056, LogLevel.Warning, "Nothing is signed yet: {Witnesses} of {Needed} witnesses have answered")]
    public static partial void SigningWaits(ILogger log, int witnesses, int needed);

    /// <summary>A person let the node sign although it should not.</summary>
    [LoggerMessage(6057, LogLevel.Critical, "The audit log is signed unasked, as the command line says")]
    public static partial void SignsUnasked(ILogger log);

    /// <summary>The audit log is damaged.</summary>
    [LoggerMessage(6058, LogLevel.Critical, "The audit log cannot be gone on with: {Code} {Detail}")]
    public static partial void LogNotBegun(ILogger log, RefusalCode code, string? detail);

    /// <summary>A peer has packets of this node that the node has lost.</summary>
    [LoggerMessage(6066, LogLevel.Warning, "{Peer} has packets of {Conversations} conversations that were lost here")]
    public static partial void SequencesCaughtUp(ILogger log, NodeId peer, int conversations);

    /// <summary>This witness was restored from an old copy, as its own cosignature shows.</summary>
    [LoggerMessage(6059, LogLevel.Warning, "{Peer} shows a cosignature that this witness had forgotten")]
    public static partial void WitnessRemembers(ILogger log, NodeId peer);

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
