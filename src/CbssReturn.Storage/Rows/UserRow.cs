using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>A member of staff who may use the desk.</summary>
public sealed record UserRow
{
    /// <summary>Longest alias, in characters.</summary>
    public const int AliasLengthMax = 32;

    /// <summary>Names the user.</summary>
    public required RowId UserId { get; init; }

    /// <summary>Staff alias: 1 to <see cref="AliasLengthMax"/> characters of A-Z, a-z, 0-9, hyphen and full stop.
    /// Unique among users in force.</summary>
    public required string Alias { get; init; }

    /// <summary>What the user may do: the number of the role in desk.v1.Role, 1 to 7.</summary>
    public required byte Role { get; init; }

    /// <summary>SHA-256 of the token, which itself is not kept. Unique.</summary>
    public required Digest TokenHash { get; init; }

    /// <summary>When added, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When removed, UTC, kept to the millisecond; null while in force. Ignored by
    /// <see cref="Changes.AddUser"/>.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}
