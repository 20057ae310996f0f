namespace CbssReturn.Cli.Output;

/// <summary>A table: drawn on a terminal, tab-separated lines when piped.</summary>
/// <param name="Heads">Column heads.</param>
/// <param name="Rows">Rows, each as long as <paramref name="Heads"/>.</param>
/// <param name="Empty">What is said when there is no row.</param>
internal sealed record Grid(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, string Empty);
