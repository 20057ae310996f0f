using CbssReturn.Conformance.Cases;

namespace CbssReturn.Conformance;

/// <summary>Answers JSON lines with JSON lines, so that anybody can check our primitives and formats against vectors
/// from elsewhere, and another implementation against ours.</summary>
/// <remarks>One case a line, in order, one in memory at a time (docs/spec/conformance.md).</remarks>
public static class ConformanceRunner
{
    /// <summary>Longest line, in characters: the largest envelope in hexadecimal, and room for the rest.</summary>
    public const int LineCharsMax = 36 * 1024 * 1024;

    /// <summary>Reads cases until the input ends and writes an answer for each.</summary>
    /// <param name="input">JSON lines. Empty lines are no cases.</param>
    /// <param name="output">Receives one line for each case.</param>
    /// <returns>The exit status: 0 when every line could be read, whatever the answers; else 1.</returns>
    public static int Run(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var lines = new LineReader(input, LineCharsMax);
        var answers = new AnswerWriter(output);
        var isAllRead = true;
        while (lines.TryRead(out var line))
        {
            isAllRead &= Answer(line, answers);
        }

        output.Flush();
        return isAllRead ? 0 : 1;
    }

    private static bool Answer(string? line, AnswerWriter answers)
    {
        if (line is null)
        {
            answers.WriteError(null, $"The line is longer than {LineCharsMax} characters.");
            return false;
        }

        using var reading = CaseReading.Read(line);
        if (reading.Operation is not { } operation || reading.Input is not { } input)
        {
            answers.WriteError(reading.Id, reading.Error);
            return false;
        }

        if (operation.Run(input).TryGet(out var output, out var refusal))
        {
            answers.WriteOk(reading.Id, output);
        }
        else
        {
            answers.WriteRefusal(reading.Id, refusal);
        }

        return true;
    }
}
