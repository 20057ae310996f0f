using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Cli.Output;

/// <summary>What a command has to say when it worked.</summary>
/// <param name="Json">The answer for --json, on one line.</param>
/// <param name="Lines">The answer for people.</param>
internal sealed record Report(string Json, IReadOnlyList<string> Lines)
{
    /// <summary>The one value that a script wants, printed alone with --quiet; null for nothing.</summary>
    public string? Essential { get; init; }

    /// <summary>A table after the lines; null for none.</summary>
    public Grid? Grid { get; init; }

    /// <summary>Why the matter is not at its end although the command did its part: a packet that waits in the outbox.
    /// Gives the exit code.</summary>
    public Refusal? Unfinished { get; init; }

    /// <summary>Makes an answer of what the desk gave.</summary>
    public static Report Of(IMessage message, params IReadOnlyList<string> lines) =>
        new(CaseworkJson.Write(message), lines);
}
