using CbssReturn.Casework.Common;

namespace CbssReturn.Exchange;

/// <summary>The checked table of parts: every part named exactly once.</summary>
internal sealed record PartTable(
    int? ExcerptIndex, int? AnswerIndex, IReadOnlyList<ReceivedSection> Sections, IReadOnlyList<int> DummyIndexes)
{
    public IReadOnlyList<Category> Categories => [.. Sections.Select(section => section.Entry.Category)];
}
