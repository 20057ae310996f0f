using System.CommandLine;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>An option whose value is a moment in UTC.</summary>
internal sealed class MomentOption : Option<string>
{
    /// <summary>Makes the option.</summary>
    /// <param name="name">Name with hyphens.</param>
    /// <param name="description">What the moment is, without a final full stop.</param>
    public MomentOption(string name, string description)
        : base(name)
    {
        HelpName = "TIME";
        Description = $"{description}, in UTC, as 2026-03-01T10:00:00Z.";
    }

    /// <summary>Reads it.</summary>
    /// <returns>POSIX seconds, 0 when the option is absent, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.
    /// </returns>
    public Result<ulong> Read(ParseResult parsed) => parsed.GetValue(this) is not { } text
        ? 0UL
        : JsonTimes.ParseMoment(text) is { } seconds
            ? seconds
            : new Refusal(RefusalCode.FieldMalformed, "A moment is spelt 2026-03-01T10:00:00Z.", Name);
}
