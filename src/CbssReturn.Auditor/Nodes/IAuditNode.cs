using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Nodes;

/// <summary>What an auditor asks of nodes besides the logs themselves.</summary>
internal interface IAuditNode
{
    /// <summary>Names the node, for people.</summary>
    string Name { get; }

    /// <summary>Asks a witness for a cosignature (c2sp.org/tlog-witness).</summary>
    /// <param name="body">Body of add-checkpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, or a refusal when there is none.</returns>
    Task<Result<WitnessReply>> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>Asks which checkpoints of a log the node has seen.</summary>
    /// <param name="origin">Which log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Signed notes, unchecked, at most 8; or a refusal when there is no answer.</returns>
    Task<Result<IReadOnlyList<ReadOnlyMemory<byte>>>> GetSeenCheckpointsAsync(
        string origin, CancellationToken cancellationToken);

    /// <summary>Asks an auditor for what a log says about packets with one other node.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="aboutOrigin">The other node's log.</param>
    /// <param name="fromIndex">Where to go on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One page, or a refusal when there is no answer or it breaks its form.</returns>
    Task<Result<TagPage>> ExchangeTagsAsync(
        string origin, string aboutOrigin, long fromIndex, CancellationToken cancellationToken);
}
