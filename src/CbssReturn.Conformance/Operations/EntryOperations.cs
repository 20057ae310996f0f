using CbssReturn.AuditLog;
using CbssReturn.Conformance.Cases;
using CbssReturn.Outcomes;

namespace CbssReturn.Conformance.Operations;

/// <summary><c>entry.parse</c>.</summary>
internal static class EntryOperations
{
    /// <summary>The operations.</summary>
    public static IEnumerable<Operation> All => [new("entry.parse", [Field.Hex("entry")], Parse)];

    private static Result<CaseOutput> Parse(CaseInput input) =>
        LogEntry.Parse(input.Bytes("entry")).Then<CaseOutput>(entry => new CaseOutput()
            .Number("event", (long)entry.Event)
            .Number("outcome", (long)entry.Outcome)
            .Number("time", entry.At.ToUnixTimeSeconds())
            .Hex("peer", entry.Peer)
            .Hex("handle", entry.Handle)
            .Hex("tag", entry.Tag.ToArray())
            .Number("index", entry.Index)
            .Hex("detail", entry.Detail?.ToArray()));
}
