using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Sources;

/// <summary>Where one log is read: an exported folder, a node, or memory in a simulation. Nothing that comes from it is
/// believed.</summary>
/// <remarks>That a source cannot be reached says nothing about the log: then every member throws
/// <see cref="SourceUnreachableException"/>. What is absent from a source that answers is a finding.</remarks>
internal interface ILogSource : ITileSource
{
    /// <summary>Reads the newest checkpoint.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The whole note as it came, or a refusal with <see cref="RefusalCode.NotFound"/> when the source has
    /// none.</returns>
    /// <exception cref="SourceUnreachableException">The source does not answer.</exception>
    ValueTask<Result<ReadOnlyMemory<byte>>> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Says where a file of the log is, for a person who wants to look: a path or an endpoint.</summary>
    /// <param name="path">C2SP path of a tile, a bundle or the checkpoint.</param>
    string PlaceOf(string path);
}
