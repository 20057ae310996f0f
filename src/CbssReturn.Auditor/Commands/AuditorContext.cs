using System.CommandLine;
using CbssReturn.Auditor.Output;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary>What every command has: the clock, and whether JSON is asked for.</summary>
internal sealed class AuditorContext
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write JSON, one object a line, instead of text; errors too.",
        Recursive = true,
    };

    /// <summary>Makes the context.</summary>
    public AuditorContext(TimeProvider time) => Time = time;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Adds the options that every command takes.</summary>
    public void AddTo(Command root) => root.Add(_json);

    /// <summary>Lets a command do work that may be refused.</summary>
    /// <param name="command">The command.</param>
    /// <param name="failed">What did not happen when it is refused, as a full sentence.</param>
    /// <param name="work">The work; it says its findings itself and gives the exit code.</param>
    public void Run(
        Command command,
        string failed,
        Func<ParseResult, AuditorConsole, CancellationToken, Task<Result<int>>> work) =>
        command.SetAction(async (parsed, stop) =>
        {
            var output = parsed.InvocationConfiguration;
            var console = new AuditorConsole(output.Output, output.Error, parsed.GetValue(_json));
            try
            {
                var result = await work(parsed, console, stop);
                return result.TryGet(out var exitCode, out var refusal) ? exitCode : console.Refuse(failed, refusal);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (Sources.SourceUnreachableException silence)
            {
                return console.Refuse(failed, silence.Refusal);
            }
        });
}
