using System.CommandLine;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor watch</c>: many logs, round after round.</summary>
internal static class WatchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var config = new ConfigOption(isRequired: true);
        var once = new Option<bool>("--once")
        {
            Description = "Do one round and end: exit code 0, or 4 when an alarm was raised in it.",
        };
        var command = new AuditorCommand(
            "watch",
            "Watches many logs, a round each minute: new entries, old entries, witnesses, tags, silence. Raises each "
                + "alarm once, with its evidence.",
            "cbss-auditor watch --config auditor.json",
            "cbss-auditor watch --config auditor.json --once --json")
        {
            once,
        };
        config.AddTo(command);
        context.Run(command, "The logs were not watched.", async (parsed, console, stop) =>
        {
            if (!config.Open(parsed, context.Time).TryGet(out var session, out var refusal))
            {
                return refusal;
            }

            using (session)
            {
                return await new WatchLoop(session, console, context.Time).RunAsync(parsed.GetValue(once), stop);
            }
        });
        return command;
    }
}
