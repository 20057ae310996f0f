namespace CbssReturn.Exchange;

/// <summary>A value that may be absent, for a <see cref="Outcomes.Result{T}"/> whose value may be nothing.</summary>
internal readonly record struct Optional<T>(T? Value)
    where T : class;
