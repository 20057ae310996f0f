using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.State;

/// <summary>What an auditor keeps between rounds: its own files, never a node's store.</summary>
internal interface IAuditorStore
{
    /// <summary>Reads what was kept about a log.</summary>
    /// <param name="origin">Which log.</param>
    /// <returns>The state, which is <see cref="LogState.New"/> at first contact; or a refusal with
    /// <see cref="RefusalCode.FileUnreadable"/> or <see cref="RefusalCode.FieldMalformed"/> when what was kept is
    /// damaged.</returns>
    Result<LogState> Load(string origin);

    /// <summary>Replaces what was kept about a log, durably, in one step.</summary>
    void Save(LogState state);

    /// <summary>Gives the mirror of a log.</summary>
    ILogMirror MirrorOf(string origin);

    /// <summary>Reads every book of tags that was kept.</summary>
    /// <returns>The books, or a refusal with <see cref="RefusalCode.FileUnreadable"/> or
    /// <see cref="RefusalCode.FieldMalformed"/> when one is damaged.</returns>
    Result<IReadOnlyList<TagLedgerState>> LoadLedgers();

    /// <summary>Replaces the book of two logs, durably, in one step.</summary>
    void Save(TagLedgerState ledger);

    /// <summary>Keeps an alarm with its evidence; the same cause has the same place.</summary>
    /// <param name="cause">Names what the alarm is about.</param>
    /// <param name="alarm">The alarm.</param>
    /// <returns>Where it lies, for people.</returns>
    string Keep(string cause, AuditAlarm alarm);
}
