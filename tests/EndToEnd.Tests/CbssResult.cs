namespace CbssReturn.EndToEnd.Tests;

/// <summary>What the program said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CbssResult(int ExitCode, string Output, string Error);
