namespace CbssReturn.Storage.Sqlite;

/// <summary>What is not for every caller to set.</summary>
internal sealed record SqliteStoreOptions
{
    /// <summary>Called with the names of the grouped transactions at each point; throws to make the commit fail.
    /// </summary>
    public Action<CommitPoint, IReadOnlyList<string>>? AtCommit { get; init; }

    /// <summary>Whether leases outlive the process that held them; for tests that open the store again and again while
    /// one worker goes on.</summary>
    public bool KeepsLeases { get; init; }

    /// <summary>Most pages of the database file; null for no limit but the disk.</summary>
    public int? PageCountMax { get; init; }

    /// <summary>Up to which size of the file, in bytes, the bodies of packets and the audit log are checked at opening
    /// as well.</summary>
    public long LargeCheckSizeBytesMax { get; init; } = 256L * 1024 * 1024;
}
