using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Node.Workers;

/// <summary>Keeps the condition of this node's audit log for the status, and tells the log when it turns. In memory
/// only. Safe to use from every thread.</summary>
internal sealed class AuditBoard(TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();

    // Written under _lock, read without.
    private volatile AuditCondition _now = new();

    /// <summary>The condition now.</summary>
    public AuditCondition Now => _now;

    /// <summary>Notes the newest checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cosigned">Witnesses that have cosigned it.</param>
    /// <param name="witnesses">Witnesses in the directory.</param>
    public void NotePublished(SignedCheckpoint checkpoint, int cosigned, int witnesses)
    {
        lock (_lock)
        {
            var (before, isNext) = (_now, _now.Newest is { } newest && newest.Size < checkpoint.Size);
            _now = before with { Newest = checkpoint, Cosigned = cosigned, Witnesses = witnesses };

            // One checkpoint is given until the next to be cosigned.
            if (isNext && before.Cosigned < before.Quorum && before.UnwitnessedSince is null)
            {
                var since = before.Newest!.At;  // it was asked just above
                _now = _now with { UnwitnessedSince = since };
                NodeLog.Unwitnessed(log, since, before.Cosigned, before.Quorum);
            }

            EndUnwitnessed();
        }
    }

    /// <summary>Notes that a checkpoint has got cosignatures.</summary>
    /// <param name="checkpoint">The checkpoint with them.</param>
    /// <param name="cosigned">Witnesses that have cosigned it.</param>
    public void NoteCosigned(SignedCheckpoint checkpoint, int cosigned)
    {
        lock (_lock)
        {
            if (_now.Newest is { } newest && newest.Size == checkpoint.Size && cosigned >= _now.Cosigned)
            {
                _now = _now with { Newest = checkpoint, Cosigned = cosigned };
                EndUnwitnessed();
            }
        }
    }

    /// <summary>Notes how far an auditor has come.</summary>
    /// <param name="auditor">The auditor.</param>
    /// <param name="held">Entries that it holds.</param>
    public void NoteAuditor(NodeId auditor, long held) =>
        Put(auditor, new AuditorContact(time.GetUtcNow(), held, null));

    /// <summary>Notes that an auditor was not reached or took nothing.</summary>
    public void NoteAuditorFailed(NodeId auditor, RefusalCode code)
    {
        var before = _now.Auditors.GetValueOrDefault(auditor, new AuditorContact(null, 0, null));
        Put(auditor, before with { LastCode = code });
    }

    /// <summary>Notes whether checkpoints may be signed.</summary>
    public void NoteState(AuditLogState state)
    {
        lock (_lock)
        {
            // A node that signs cannot be put back while it runs. Who is ahead of it then has its key.
            var isMisused = _now.Newest is not null && state == AuditLogState.RolledBack;
            _now = _now with { State = state, IsKeyMisused = _now.IsKeyMisused || isMisused };
        }
    }

    /// <summary>Notes whether nothing is signed until others have answered.</summary>
    public void NoteWaiting(bool isWaiting)
    {
        lock (_lock)
        {
            _now = _now with { IsWaiting = isWaiting };
        }
    }

    /// <summary>Notes that somebody shows a checkpoint of this log that it has not published.</summary>
    public void NoteKeyMisused()
    {
        lock (_lock)
        {
            _now = _now with { IsKeyMisused = true };
        }
    }

    /// <summary>Notes why the log cannot be gone on with; null when it can.</summary>
    public void NoteFault(RefusalCode? fault)
    {
        lock (_lock)
        {
            _now = _now with { Fault = fault };
        }
    }

    private void Put(NodeId auditor, AuditorContact contact)
    {
        lock (_lock)
        {
            _now = _now with { Auditors = _now.Auditors.SetItem(auditor, contact) };
        }
    }

    private void EndUnwitnessed()
    {
        if (_now.UnwitnessedSince is not null && _now.Cosigned >= _now.Quorum)
        {
            _now = _now with { UnwitnessedSince = null };
            NodeLog.Witnessed(log, _now.Cosigned, _now.Quorum);
        }
    }
}
