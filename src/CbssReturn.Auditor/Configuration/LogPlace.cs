using CbssReturn.Auditor.Nodes;

namespace CbssReturn.Auditor.Configuration;

/// <summary>Where something is read; exactly one of the two is there.</summary>
/// <param name="Node">A node.</param>
/// <param name="Folder">A folder, as a full path.</param>
internal sealed record LogPlace(NodeAddress? Node, string? Folder);
