using System.Diagnostics.CodeAnalysis;
using CbssReturn.Auditor.Configuration;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>A configuration with its folders and ways opened.</summary>
internal sealed class AuditorSession : IDisposable
{
    private readonly NodeLines _lines;

    private AuditorSession(AuditorConfiguration configuration, AuditorFolder folder, NodeLines lines) =>
        (Configuration, Folder, _lines) = (configuration, folder, lines);

    /// <summary>The configuration.</summary>
    public AuditorConfiguration Configuration { get; }

    /// <summary>What is kept.</summary>
    public AuditorFolder Folder { get; }

    /// <summary>The nodes that are asked which checkpoints they have seen.</summary>
    public IReadOnlyList<IAuditNode> GossipNodes => [.. Configuration.Gossip.Select(_lines.ClientOf)];

    /// <summary>Who tells the tags of logs whose entries are not shown here, by origin.</summary>
    public IReadOnlyDictionary<string, IAuditNode> TagNodes =>
        Configuration.TagNodes.ToDictionary(pair => pair.Key, pair => (IAuditNode)_lines.ClientOf(pair.Value));

    /// <summary>The own witness; null for none.</summary>
    public IAuditNode? Witness => Configuration.Witness is { } witness ? _lines.ClientOf(witness.Node) : null;

    /// <summary>Opens everything that a configuration names.</summary>
    /// <returns>The session, which the caller disposes; or a refusal about the file or what it names.</returns>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    public static Result<AuditorSession> Open(string configurationFile, TimeProvider time)
    {
        if (!AuditorConfigurationLoader.Load(configurationFile).TryGet(out var configuration, out var refusal)
            || !NodeLines.Open(configuration.Identity, time).TryGet(out var lines, out refusal))
        {
            return refusal;
        }

        if (AuditorFolder.Open(
            configuration.StateFolder, configuration.MirrorFolder, configuration.EvidenceFolder)
            .TryGet(out var folder, out refusal))
        {
            return new AuditorSession(configuration, folder, lines);
        }

        lines.Dispose();
        return refusal;
    }

    /// <summary>Where a log is read.</summary>
    public LogSources SourcesOf(WatchedLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var place = Configuration.Places[log.Origin];
        if (place.Node is not { } node)
        {
            var folder = new ExportFolder(place.Folder!);  // one of the two is there
            return new LogSources(folder, folder);
        }

        return new LogSources(
            _lines.LogOf(node, log.Origin, isReadInOrder: true),
            _lines.LogOf(node, log.Origin, isReadInOrder: false));
    }

    /// <summary>The node that keeps a log, to be asked for what only it has; null for a log that is read from a folder.
    /// </summary>
    public NodeClient? NodeOf(WatchedLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Configuration.Places[log.Origin].Node is { } node ? _lines.ClientOf(node) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        Folder.Dispose();
    }
}
