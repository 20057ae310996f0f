using CbssReturn.Storage;

namespace CbssReturn.Node.Endpoints;

/// <summary>An id that may be left out.</summary>
internal readonly record struct OptionalId(RowId? Value);
