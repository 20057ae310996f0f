using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>A person's file at its origin, sealed as a whole.</summary>
public sealed record CaseRow
{
    /// <summary>Names the case.</summary>
    public required RowId CaseId { get; init; }

    /// <summary>Counted from 1; each change adds one.</summary>
    public required long Version { get; init; }

    /// <summary>The file, sealed for table <c>cases</c> and this case id.</summary>
    public required SealedContent Sealed { get; init; }

    /// <summary>When last changed, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
