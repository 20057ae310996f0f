using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>Where the audit log ends, and who may append to it.</summary>
/// <param name="Size">Entries in the tree, from 0.</param>
/// <param name="Root">Their root; that of the empty tree for none.</param>
/// <param name="Generation">How many sequencers have begun, from 0. Only the newest may append.</param>
public sealed record AuditHead(long Size, Digest Root, long Generation);
