using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange;

/// <summary>Reads a section's bytes, strictly, into what Casework knows.</summary>
public static class SectionReader
{
    /// <summary>Reads one section.</summary>
    /// <param name="category">The category under which the bytes came; must be that of the content.</param>
    /// <param name="bytes">A serialized section.</param>
    /// <param name="now">The moment, against which the age of a person counts.</param>
    /// <returns>The section and whether it holds fields of a newer format, or the refusal of a rule of
    /// Casework.</returns>
    public static Result<OpenedSection> Read(Category category, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        if (!StrictProto.ParseOpen(Wire.Section.Parser, bytes).TryGet(out var read, out var refusal)
            || !SectionMapper.FromWire(read.Message, now, SectionSource.Received).TryGet(out var section, out refusal))
        {
            return refusal;
        }

        return section.Category == category
            ? new OpenedSection(section, read.HasNewerFields)
            : new Refusal(RefusalCode.ManifestInvalid, "A part holds another category than its line says.");
    }
}
