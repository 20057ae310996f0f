namespace CbssReturn.Bench.Audit;

/// <summary>Appends a second, and how long a producer waited.</summary>
/// <param name="Appends">How many were counted.</param>
/// <param name="ProcessorUs">Time of both cores that one append took, producers included, µs; tells on a busy machine
/// what the rates do not.</param>
/// <param name="Committed">Business transactions durable, a second.</param>
/// <param name="Integrated">Entries durable in the tree, a second, from the first commit to the last entry.</param>
/// <param name="CommitMs50">Median of a commit, ms.</param>
/// <param name="CommitMs99">The slowest hundredth begins here, ms.</param>
/// <param name="FileFloor">The same bytes appended to a file, in groups of 512 with an fsync each, a second.</param>
/// <param name="SqliteFloor">The same bytes put into one SQLite table by as many rows, in groups of 512 with a durable
/// commit each, a second.</param>
internal sealed record AppendResult(
    int Appends,
    double ProcessorUs,
    double Committed,
    double Integrated,
    double CommitMs50,
    double CommitMs99,
    double FileFloor = 0,
    double SqliteFloor = 0);
