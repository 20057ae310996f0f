using System.Text.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Verbs;

/// <summary>What a verb says to people and scripts: results on standard output, refusals on standard error.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
internal sealed class VerbConsole(TextWriter output, TextWriter error)
{
    /// <summary>Exit code of a verb that did what it was told.</summary>
    public const int ExitDone = 0;

    /// <summary>Says one line.</summary>
    public void Say(string line) => output.WriteLine(line);

    /// <summary>Says one line of JSON.</summary>
    public void SayJson<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Json));

    private static JsonSerializerOptions Json { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Says what did not happen and why.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="notDone">What did not happen, a full sentence.</param>
    /// <param name="next">One command or act that helps; null when the message says it.</param>
    /// <returns>The exit code: the thousand of the refusal's code.</returns>
    public int Refuse(Refusal refusal, string notDone, string? next = null)
    {
        error.WriteLine($"{refusal.CodeText}: {notDone}");
        error.WriteLine(refusal.Field is { } field ? $"{refusal.Message} [{field}]" : refusal.Message);
        error.WriteLine("Nothing left this machine.");
        if (next is not null)
        {
            error.WriteLine($"Next: {next}");
        }

        return (int)refusal.Code / 1000;
    }
}
