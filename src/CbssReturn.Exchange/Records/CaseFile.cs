using CbssReturn.Casework.Common;

namespace CbssReturn.Exchange.Records;

/// <summary>A person's file at the origin, as it lies sealed in the store
/// (cbss/returns/store/v1/records.proto).</summary>
public sealed record CaseFile
{
    /// <summary>Most sections: one a category.</summary>
    public const int SectionsMax = 16;

    /// <summary>What the origin itself calls the person; no recipient learns it.</summary>
    public required CaseAlias Alias { get; init; }

    /// <summary>Newest version of each section, at most one a category.</summary>
    public IReadOnlyList<StoredSection> Sections { get; init; } = [];

    /// <summary>Whether the flow was stopped because the person may be under 18.</summary>
    public bool StoppedPossibleMinor { get; init; }

    /// <summary>The newest version of a section; null for none.</summary>
    public StoredSection? Find(Category category) => Sections.FirstOrDefault(section => section.Category == category);

    /// <summary>The file with a new version of one section.</summary>
    /// <param name="category">Data category of the content.</param>
    /// <param name="content">A serialized section.</param>
    /// <param name="now">The moment of recording.</param>
    public CaseFile With(Category category, ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        var next = new StoredSection(category, (Find(category)?.Version ?? 0) + 1, content, now);
        return this with { Sections = [.. Sections.Where(section => section.Category != category), next] };
    }
}
