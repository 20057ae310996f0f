namespace CbssReturn.Auditor.Nodes;

/// <summary>What a witness answered.</summary>
/// <param name="Status">Status of the HTTP form: 200, 400, 403, 404, 409 or 422.</param>
/// <param name="Body">With 200 signature lines, with 409 the size that the witness holds, in ASCII.</param>
internal sealed record WitnessReply(int Status, ReadOnlyMemory<byte> Body);
