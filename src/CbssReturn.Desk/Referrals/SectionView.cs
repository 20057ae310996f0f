using CbssReturn.Exchange;
using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Referrals;

/// <summary>A section as a person reads it.</summary>
/// <param name="Section">Its content.</param>
/// <param name="Version">Its version, counted from 1.</param>
/// <param name="Warnings">What the reader must know first.</param>
public sealed record SectionView(OpenedSection Section, uint Version, IReadOnlyList<RefusalCode> Warnings);
