using CbssReturn.Conformance.Cases;

namespace CbssReturn.Conformance.Operations;

/// <summary>All operations (docs/spec/conformance.md has the same table; a test holds the two together).</summary>
internal static class OperationTable
{
    private static readonly ILookup<string, Operation> ByName = All().ToLookup(operation => operation.Name);

    /// <summary>Returns the operations of a name: none, one, or one for each KEM.</summary>
    public static IReadOnlyCollection<Operation> Find(string name) => [.. ByName[name]];

    /// <summary>Returns every operation.</summary>
    public static IEnumerable<Operation> All() =>
    [
        .. CurveOperations.All, .. MlKemOperations.All, .. XWingOperations.All, .. HpkeOperations.All,
        .. RecordOperations.All, .. EnvelopeOperations.All, .. TreeOperations.All, .. EntryOperations.All,
        .. NoteOperations.All,
    ];
}
