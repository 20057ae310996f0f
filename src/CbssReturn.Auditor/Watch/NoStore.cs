using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>Keeps nothing, for what is done once.</summary>
internal sealed class NoStore : IAuditorStore
{
    /// <inheritdoc/>
    public Result<LogState> Load(string origin) => LogState.New(origin);

    /// <inheritdoc/>
    public void Save(LogState state)
    {
        // Nothing is kept.
    }

    /// <inheritdoc/>
    public ILogMirror MirrorOf(string origin) => throw new InvalidOperationException("Nothing is mirrored.");

    /// <inheritdoc/>
    public Result<IReadOnlyList<TagLedgerState>> LoadLedgers() => Array.Empty<TagLedgerState>();

    /// <inheritdoc/>
    public void Save(TagLedgerState ledger)
    {
        // Nothing is kept.
    }

    /// <inheritdoc/>
    public string Keep(string cause, AuditAlarm alarm) => throw new InvalidOperationException("Nothing is kept.");
}
