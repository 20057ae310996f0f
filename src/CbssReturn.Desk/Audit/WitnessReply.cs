using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Audit;

/// <summary>What a witness answers, as in the HTTP form (c2sp.org/tlog-witness).</summary>
/// <param name="Status">200, 400, 403, 404, 409 or 422.</param>
/// <param name="Body">With 200 the signature line, with 409 the size that is held, else empty.</param>
/// <param name="Refusal">Why not, for the local log; null with 200.</param>
public sealed record WitnessReply(int Status, ReadOnlyMemory<byte> Body, Refusal? Refusal);
