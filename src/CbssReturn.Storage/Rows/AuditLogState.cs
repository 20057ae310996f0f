namespace CbssReturn.Storage.Rows;

/// <summary>Whether the node may sign checkpoints. Numbers stand in the database and never change.</summary>
public enum AuditLogState : byte
{
    /// <summary>The node signs; so it is from the beginning.</summary>
    Signing = 1,

    /// <summary>A witness was found ahead of the node: it was restored from an old backup and signs nothing.</summary>
    RolledBack = 2,

    /// <summary>Another root was shown for a size that the node has signed, under its own signature: it signs nothing,
    /// and nothing leads back. The next generation of the log begins with a new key.</summary>
    Forked = 3,
}
