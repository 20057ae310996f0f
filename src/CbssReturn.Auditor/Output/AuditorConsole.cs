using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Output;

/// <summary>What the program says to people and scripts: findings on standard output, what did not happen on standard
/// error; with <c>--json</c> one line of JSON each.</summary>
/// <remarks>Safe to use from several tasks: a line is written whole.</remarks>
internal sealed class AuditorConsole
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,  // read by programs, never put into a page
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    private readonly TextWriter _output;
    private readonly TextWriter _error;

    /// <summary>Makes a console.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isJson">Whether JSON is asked for.</param>
    public AuditorConsole(TextWriter output, TextWriter error, bool isJson) =>
        (_output, _error, IsJson) = (TextWriter.Synchronized(output), TextWriter.Synchronized(error), isJson);

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson { get; }

    /// <summary>Says a result, in the form that is asked for.</summary>
    /// <param name="json">For programs; written in snake case.</param>
    /// <param name="lines">For people.</param>
    public void Say<T>(T json, params IEnumerable<string> lines)
    {
        _output.WriteLine(IsJson
            ? JsonSerializer.Serialize(json, Options)
            : string.Join(_output.NewLine, lines.Select(Printable)));
    }

    /// <summary>Says how far a long work has come; people only.</summary>
    public void SayProgress(string line)
    {
        if (!IsJson)
        {
            _error.WriteLine(line);
        }
    }

    /// <summary>Says what did not happen, why, and what to do next.</summary>
    /// <param name="failed">What did not happen, as a full sentence.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="index">Index of the entry that is meant, or null.</param>
    /// <param name="evidence">Where the evidence lies, or null.</param>
    /// <returns>The exit code.</returns>
    public int Refuse(string failed, Refusal refusal, long? index = null, string? evidence = null)
    {
        var next = NextStep.After(refusal);
        if (IsJson)
        {
            var report = new FailureReport(
                false, refusal.CodeText, failed, refusal.Message, refusal.Field, index, evidence, next);
            _error.WriteLine(JsonSerializer.Serialize(report, Options));
            return ExitCode.Of(refusal.Code);
        }

        List<string> lines = [$"{refusal.CodeText}  {failed}", $"  Why:   {refusal.Message}"];
        if (refusal.Field is { } field)
        {
            lines.Add($"  Where: {field}");
        }

        if (index is { } entry)
        {
            lines.Add(FormattableString.Invariant($"  Entry: index {entry}"));
        }

        if (evidence is not null)
        {
            lines.Add($"  Kept:  {evidence}");
        }

        lines.Add($"  Next:  {next}");
        _error.WriteLine(string.Join(_error.NewLine, lines.Select(Printable)));
        return ExitCode.Of(refusal.Code);
    }

    // Names of logs and files come from others; a control character in them must not steer the terminal.
    private static string Printable(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private sealed record FailureReport(
        bool Ok,
        string Code,
        string What,
        string Why,
        string? Field,
        long? Index,
        string? Evidence,
        string Next);
}
