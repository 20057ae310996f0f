using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Errors;
using CbssReturn.Cli.Output;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>Runs the work of a command and turns its outcome into text and an exit code.</summary>
internal static class Run
{
    /// <summary>Lets a command do work that may be refused.</summary>
    /// <param name="command">The command.</param>
    /// <param name="globals">The global options.</param>
    /// <param name="failed">What did not happen when it is refused, as a full sentence.</param>
    /// <param name="work">The work.</param>
    public static void Does(
        this Command command,
        GlobalOptions globals,
        string failed,
        Func<ParseResult, Session, CancellationToken, Task<Result<Report>>> work) =>
        command.SetAction(async (parsed, stop) =>
        {
            var session = globals.Open(parsed);
            try
            {
                var result = await work(parsed, session, stop).ConfigureAwait(false);
                return Finish(session, failed, result);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await session.Error.WriteLineAsync("Interrupted. What was asked before may have been done.")
                    .ConfigureAwait(false);
                return ExitCode.Interrupted;
            }
        });

    /// <summary>Lets a command do work at the desk.</summary>
    public static void DoesAtDesk(
        this Command command,
        GlobalOptions globals,
        string failed,
        Func<ParseResult, Session, DeskConnection, CancellationToken, Task<Result<Report>>> work) =>
        command.Does(globals, failed, async (parsed, session, stop) =>
        {
            if (!session.FindDesk().TryGet(out var address, out var refusal))
            {
                return refusal;
            }

            using var desk = new DeskConnection(address, session.Clock);
            return await work(parsed, session, desk, stop).ConfigureAwait(false);
        });

    private static int Finish(Session session, string failed, Result<Report> result)
    {
        if (!result.TryGet(out var report, out var refusal))
        {
            ErrorReport.Write(session, failed, refusal);
            return ExitCode.Of(refusal.Code);
        }

        ReportPrinter.Print(session, report);
        if (report.Unfinished is not { } unfinished)
        {
            return ExitCode.Ok;
        }

        ErrorReport.WriteUnfinished(session, unfinished);
        return ExitCode.Of(unfinished.Code);
    }
}
