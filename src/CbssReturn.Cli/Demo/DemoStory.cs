using System.Text;
using System.Text.Json;
using CbssReturn.Cli.Commands;
using CbssReturn.Cli.Demo.Scenarios;
using CbssReturn.Cli.Json;
using CbssReturn.Cli.Output;
using Spectre.Console;

namespace CbssReturn.Cli.Demo;

/// <summary>Tells what happens: drawn on a terminal, plain lines when piped, one JSON line a step with --json.
/// </summary>
/// <param name="session">Where to write.</param>
internal sealed class DemoStory(Session session)
{
    private const string Warning =
        "DEMO: synthetic people, throwaway keys, five nodes on this machine. Never put real case content in here.";

    private readonly IAnsiConsole _console = Terminal.Create(session);

    /// <summary>How many steps were told, and how many of them failed.</summary>
    public (int Steps, int Failed) Count { get; private set; }

    /// <summary>Says, loudly, that this is a demo.</summary>
    public void Warn()
    {
        if (session.Json)
        {
            return;
        }

        if (session.IsTerminal)
        {
            _console.Write(new Panel(new Text(Warning)).Border(BoxBorder.Double).BorderStyle(new Style(Color.Yellow)));
        }
        else
        {
            session.Output.WriteLine($"*** {Warning} ***");
        }
    }

    /// <summary>Begins a scenario.</summary>
    public void Begin(Scenario scenario) => Begin(scenario.Title, scenario.About);

    /// <summary>Begins a chapter.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="about">What happens in it.</param>
    public void Begin(string title, string about)
    {
        if (session.Json)
        {
            return;
        }

        session.Output.WriteLine();
        if (session.IsTerminal)
        {
            _console.Write(new Rule(Markup.Escape(title)) { Justification = Justify.Left });
        }
        else
        {
            session.Output.WriteLine($"== {title} ==");
        }

        session.Output.WriteLine(about);
    }

    /// <summary>Tells one step.</summary>
    /// <param name="step">What was done, in a sentence.</param>
    /// <param name="node">At which organisation.</param>
    /// <param name="isOk">Whether it went as it must.</param>
    /// <param name="detail">States, counts and codes; never content.</param>
    public void Tell(string step, string node, bool isOk, string detail)
    {
        Count = (Count.Steps + 1, Count.Failed + (isOk ? 0 : 1));
        var outcome = isOk ? "ok  " : "FAIL";
        if (session.Json)
        {
            session.Output.WriteLine(ToJson(step, node, isOk, detail));
        }
        else if (session.IsTerminal)
        {
            var colour = isOk ? "green" : "red";
            _console.MarkupLineInterpolated(
                $"[{colour}]{outcome}[/] [bold]{node,-11}[/] {step} [grey]{detail}[/]");
        }
        else
        {
            var bracketed = detail.Length > 0 ? $" [{detail}]" : "";
            session.Output.WriteLine($"{outcome} {node,-11} {step}{bracketed}");
        }

        session.Output.Flush();
    }

    /// <summary>Writes a line that is no step; nothing with --json.</summary>
    public void Say(string line)
    {
        if (!session.Json)
        {
            session.Output.WriteLine(line);
        }
    }

    private static string ToJson(string step, string node, bool isOk, string detail)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, CaseworkJson.Options(indented: false)))
        {
            writer.WriteStartObject();
            writer.WriteString("step", step);
            writer.WriteBoolean("ok", isOk);
            writer.WriteString("node", node);
            writer.WriteString("detail", detail);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
