namespace CbssReturn.Exchange;

/// <summary>A section as it came.</summary>
/// <param name="Entry">Its line in the table of parts.</param>
/// <param name="PartIndex">Part of the envelope that holds it, 1 to 31.</param>
public sealed record ReceivedSection(SectionEntry Entry, int PartIndex);
