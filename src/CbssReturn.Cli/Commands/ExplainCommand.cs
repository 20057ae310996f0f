using System.CommandLine;
using System.Text;
using System.Text.Json;
using CbssReturn.Cli.Errors;
using CbssReturn.Cli.Json;
using CbssReturn.Cli.Output;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss explain</c>: what a code means.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var code = new Argument<string?>("CODE")
        {
            Description = "A code as it was shown, for example CB-3104.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var markdown = new Option<bool>("--markdown")
        {
            Description = "Write the whole list, which is docs/ERRORS.md.",
        };
        var command = new CbssCommand(
            "explain",
            "Tells what a refusal code means and what to do next.",
            "cbss explain CB-3104",
            "cbss explain --markdown")
        {
            code, markdown,
        };
        command.Does(
            globals,
            "The code was not explained.",
            (parsed, _, _) => Task.FromResult(Explain(parsed.GetValue(code), parsed.GetValue(markdown))));
        return command;
    }

    private static Result<Report> Explain(string? code, bool markdown)
    {
        if (markdown)
        {
            var list = ErrorTexts.ToMarkdown();
            return new Report(JsonSerializer.Serialize(list), [list.TrimEnd('\n')]);
        }

        if (code is null || ErrorTexts.ParseCode(code) is not { } number)
        {
            return new Refusal(RefusalCode.UsageWrong, "A code is CB- and four digits.", "CODE");
        }

        return ErrorTexts.Find(number) is { } text
            ? new Report(ToJson(text), [$"{text.CodeText}  {text.Meaning}", $"  Next: {text.NextStep}"])
            : new Refusal(RefusalCode.CodeUnknown, "This version knows no such code.", "CODE");
    }

    private static string ToJson(ErrorText text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, CaseworkJson.Options(indented: false)))
        {
            writer.WriteStartObject();
            writer.WriteString("code", text.CodeText);
            writer.WriteString("meaning", text.Meaning);
            writer.WriteString("next", text.NextStep);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
