using CbssReturn.Casework.Common;

namespace CbssReturn.Exchange;

/// <summary>One section on its way into a packet.</summary>
/// <param name="Category">Data category of <paramref name="Content"/>.</param>
/// <param name="Purpose">What the recipient asks it for; must be granted.</param>
/// <param name="Version">Version of the section, counted from 1.</param>
/// <param name="Content">A serialized section, at most 4 MiB; sent as these bytes, never serialized again.</param>
public sealed record SectionDraft(Category Category, Purpose Purpose, uint Version, ReadOnlyMemory<byte> Content);
