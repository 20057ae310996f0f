namespace CbssReturn.Storage.Sqlite;

/// <summary>Something that waits for the writer: applied inside a group's transaction, answered after its commit.
/// </summary>
internal abstract class WriteRequest
{
    /// <summary>Name of the transaction.</summary>
    public abstract string Name { get; }

    /// <summary>Bytes of envelopes in it.</summary>
    public abstract long BodySizeBytes { get; }

    /// <summary>Whether it erases content, so that the WAL must not keep a copy.</summary>
    public virtual bool Erases => false;

    /// <summary>Whether it may put rows into the audit intake.</summary>
    public virtual bool FillsIntake => false;

    /// <summary>Applies it; may be called again after a rollback.</summary>
    /// <returns>False when nothing of it may be kept, because a change met another state.</returns>
    public abstract bool Apply(SqliteSession session);

    /// <summary>Answers the caller with what <see cref="Apply"/> found, now that the group is durable.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller with an exception.</summary>
    public abstract void Fail(Exception exception);
}
