using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>Hands a command line on to a sister program, which reads it as strictly as this one would.</summary>
internal static class PassThrough
{
    /// <summary>Lets a command be done by the node program.</summary>
    /// <param name="command">The command; what it does not know goes on as it is.</param>
    /// <param name="globals">The global options.</param>
    /// <param name="failed">What did not happen when the program cannot be started.</param>
    /// <param name="verb">The words that the node program takes for it.</param>
    /// <param name="more">Arguments that come from the session, such as the configuration.</param>
    public static CbssCommand IsDoneByNode(
        this CbssCommand command,
        GlobalOptions globals,
        string failed,
        IReadOnlyList<string> verb,
        Func<Session, IEnumerable<string>> more) =>
        command.IsDoneBy(SisterProgram.FindNode, globals, failed, verb, more);

    /// <summary>Lets a command be done by the auditor program, with --json and --config when they were given: the
    /// auditor's configuration is another than the node's.</summary>
    /// <param name="command">The command; what it does not know goes on as it is.</param>
    /// <param name="globals">The global options.</param>
    /// <param name="failed">What did not happen when the program cannot be started.</param>
    /// <param name="verb">The words that the auditor program takes for it.</param>
    public static CbssCommand IsDoneByAuditor(
        this CbssCommand command, GlobalOptions globals, string failed, IReadOnlyList<string> verb) =>
        command.IsDoneBy(
            SisterProgram.FindAuditor,
            globals,
            failed,
            verb,
            session =>
            [
                .. session.GivenConfigPath is { } config ? ["--config", config] : Array.Empty<string>(),
                .. session.Json ? ["--json"] : Array.Empty<string>(),
            ]);

    private static CbssCommand IsDoneBy(
        this CbssCommand command,
        Func<Result<SisterProgram>> find,
        GlobalOptions globals,
        string failed,
        IReadOnlyList<string> verb,
        Func<Session, IEnumerable<string>> more)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, stop) =>
        {
            var session = globals.Open(parsed);
            if (find().TryGet(out var program, out var refusal))
            {
                return await program.RunHereAsync([.. verb, .. parsed.UnmatchedTokens, .. more(session)], stop)
                    .ConfigureAwait(false);
            }

            ErrorReport.Write(session, failed, refusal);
            return ExitCode.Of(refusal.Code);
        });
        return command;
    }
}
