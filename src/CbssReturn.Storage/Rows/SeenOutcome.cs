namespace CbssReturn.Storage.Rows;

/// <summary>What became of a checkpoint that came with a call. <c>default</c> is never returned.</summary>
public enum SeenOutcome
{
    /// <summary>Never returned.</summary>
    Unspecified = 0,

    /// <summary>It is the newest of its log and kept in place of the one before.</summary>
    Newest = 1,

    /// <summary>It says nothing new.</summary>
    Known = 2,

    /// <summary>It contradicts the newest one; both are kept as evidence, as far as there is room.</summary>
    Contradiction = 3,

    /// <summary>It is of one log too many and was not kept.</summary>
    Full = 4,
}
