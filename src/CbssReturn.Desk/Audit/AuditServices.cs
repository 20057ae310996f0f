using CbssReturn.Desk.Keys;

namespace CbssReturn.Desk.Audit;

/// <summary>All use cases of one node that are about audit logs, its own and those of others, put together
/// once.</summary>
public sealed class AuditServices : IDisposable
{
    /// <summary>Puts them together.</summary>
    /// <param name="node">What they work with.</param>
    /// <param name="keys">Daily envelope keys, which a rollback makes worthless.</param>
    /// <param name="origin">Name of the log.</param>
    /// <param name="witnessName">Name under which the node cosigns other logs; null for a node that is no witness.
    /// </param>
    /// <param name="interval">Time between two checkpoints; a minute when it is not given.</param>
    public AuditServices(
        NodeContext node, EpochKeys keys, string origin, string? witnessName, TimeSpan interval = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        var identity = Identity = new LogIdentity(node.Keys, origin, witnessName);
        Sequencer = new AuditSequencer(node.Audit, new AuditPads(node.Keys, origin), interval);
        Publish = new PublishCheckpoint(node, Sequencer, identity);
        Cosign = new CosignLog(node, identity);
        Serve = new ServeLog(node, identity);
        Witness = new WitnessLogs(node, identity);
        Mirror = new MirrorLogs(node, Witness);
        See = new SeeCheckpoints(node, Witness);
        Tags = new ServeTags(node);
        Watch = new WatchRollback(node, identity);
        Recover = new RecoverLog(node, Sequencer, Watch, keys, Sequences = new CatchUpSequences(node));
    }

    /// <summary>Names and keys.</summary>
    public LogIdentity Identity { get; }

    /// <summary>Appends to the own log.</summary>
    public AuditSequencer Sequencer { get; }

    /// <summary>Signs checkpoints.</summary>
    public PublishCheckpoint Publish { get; }

    /// <summary>Has them cosigned.</summary>
    public CosignLog Cosign { get; }

    /// <summary>Gives others what they may see.</summary>
    public ServeLog Serve { get; }

    /// <summary>Cosigns those of others.</summary>
    public WitnessLogs Witness { get; }

    /// <summary>Holds the logs of others.</summary>
    public MirrorLogs Mirror { get; }

    /// <summary>Takes in checkpoints that come with calls.</summary>
    public SeeCheckpoints See { get; }

    /// <summary>Lets focal points compare logs.</summary>
    public ServeTags Tags { get; }

    /// <summary>Finds that the node was put back.</summary>
    public WatchRollback Watch { get; }

    /// <summary>Leads out of that.</summary>
    public RecoverLog Recover { get; }

    /// <summary>Asks peers what numbers were lost, and tells them.</summary>
    public CatchUpSequences Sequences { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cosign.Dispose();
        Sequencer.Dispose();
        Identity.Dispose();
    }
}
