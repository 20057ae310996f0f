using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>One version of what a person agreed to. Versions are only ever added.</summary>
public sealed record ConsentRow
{
    /// <summary>Names the consent; the same in all its versions.</summary>
    public required RowId ConsentId { get; init; }

    /// <summary>Counted from 1; each new version is one more than the newest.</summary>
    public required long Version { get; init; }

    /// <summary>The case it belongs to.</summary>
    public required RowId CaseId { get; init; }

    /// <summary>The record, sealed for table <c>consents</c>, this consent id and, as 8 bytes big-endian, this
    /// version.</summary>
    public required SealedContent Sealed { get; init; }

    /// <summary>When recorded, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
