using CbssReturn.Casework.Common;

namespace CbssReturn.Exchange;

/// <summary>A section that somebody looks at.</summary>
/// <param name="Content">What it says.</param>
/// <param name="HasNewerFields">Whether it holds fields of a newer format, which are kept and not shown.</param>
public sealed record OpenedSection(Section Content, bool HasNewerFields);
