using CbssReturn.Casework.Common;

namespace CbssReturn.Exchange.Records;

/// <summary>One section that is to be sent, and what for.</summary>
/// <param name="Category">Data category.</param>
/// <param name="Purpose">What the recipient asks it for.</param>
public sealed record SectionChoice(Category Category, Purpose Purpose);
