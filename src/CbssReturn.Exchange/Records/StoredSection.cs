using CbssReturn.Casework.Common;

namespace CbssReturn.Exchange.Records;

/// <summary>The newest version of one section in a person's file at the origin.</summary>
/// <param name="Category">Data category.</param>
/// <param name="Version">Counted from 1; every change is a new version.</param>
/// <param name="Content">A serialized section; these bytes are what is sent and digested.</param>
/// <param name="RecordedAt">When it was recorded, UTC.</param>
public sealed record StoredSection(
    Category Category, uint Version, ReadOnlyMemory<byte> Content, DateTimeOffset RecordedAt);
