using CbssReturn.Casework.Common;

namespace CbssReturn.Desk.Referrals;

/// <summary>A section as it was entered: checked, and as the bytes that will be sent and digested.</summary>
/// <param name="Section">What it says; every rule of Casework holds.</param>
/// <param name="Content">A serialized section.</param>
public sealed record RecordedSection(Section Section, ReadOnlyMemory<byte> Content);
