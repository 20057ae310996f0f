using CbssReturn.Casework.Common;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange;

/// <summary>Which section a part holds, and by what right (docs/spec/referral-packet.md, section 5).</summary>
/// <param name="Category">Data category, which is also the unit of consent.</param>
/// <param name="Purpose">What the section may be used for.</param>
/// <param name="Version">Version of the section, counted from 1.</param>
/// <param name="ExpiresAt">End of the right to open it, in UTC, whole seconds; the moment itself is outside.</param>
/// <param name="Digest">SHA-256 of the section's bytes.</param>
public sealed record SectionEntry(
    Category Category, Purpose Purpose, uint Version, DateTimeOffset ExpiresAt, Digest Digest);
