using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Errors;

/// <summary>One line of docs/ERRORS.md.</summary>
/// <param name="Code">The code.</param>
/// <param name="Meaning">What it means, in one or two full sentences, without case content.</param>
/// <param name="NextStep">The one thing to do next; a command in it stands between backticks.</param>
internal sealed record ErrorText(RefusalCode Code, string Meaning, string NextStep)
{
    /// <summary>The code as people quote it.</summary>
    public string CodeText => FormattableString.Invariant($"CB-{(int)Code:D4}");
}
