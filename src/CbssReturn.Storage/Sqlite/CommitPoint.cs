namespace CbssReturn.Storage.Sqlite;

/// <summary>Where a commit can be made to fail.</summary>
internal enum CommitPoint
{
    /// <summary>Everything is written, nothing is kept yet.</summary>
    BeforeCommit,

    /// <summary>Everything is kept, nobody was told yet.</summary>
    AfterCommit,
}
