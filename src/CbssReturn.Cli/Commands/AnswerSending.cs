using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>What all commands share that tell the other side one coded answer.</summary>
internal static class AnswerSending
{
    /// <summary>Lets a command send one coded answer.</summary>
    /// <param name="command">The command; gets the argument for the referral and the options of sending.</param>
    /// <param name="globals">The global options.</param>
    /// <param name="failed">What did not happen when it is refused, as a full sentence.</param>
    /// <param name="make">Makes the answer of the command line; may ask the desk to complete ids.</param>
    public static CbssCommand SendsAnswer(
        this CbssCommand command,
        GlobalOptions globals,
        string failed,
        Func<ParseResult, Session, DeskConnection, CancellationToken, Task<Result<Answer>>> make)
    {
        var id = ReferralCommands.ReferralArgument();
        command.Arguments.Insert(0, id);
        var sending = new Sending(command);
        command.DoesAtDesk(globals, failed, async (parsed, session, desk, stop) =>
        {
            var whole = await ShortId.OfReferralAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            if (!whole.TryGet(out var referral, out var refusal))
            {
                return refusal;
            }

            var made = await make(parsed, session, desk, stop).ConfigureAwait(false);
            if (!made.TryGet(out var answer, out refusal))
            {
                return refusal;
            }

            var request = new SendAnswerRequest { ReferralId = referral, Answer = answer };
            var sent = await desk.CallAsync((client, options) => client.SendAnswerAsync(request, options), stop)
                .ConfigureAwait(false);
            return sent.TryGet(out var done, out refusal)
                ? await sending.WatchAsync(parsed, session, desk, done.OutboxId, done, stop).ConfigureAwait(false)
                : refusal;
        });
        return command;
    }

    /// <summary>As <see cref="SendsAnswer(CbssCommand, GlobalOptions, string,
    /// Func{ParseResult, Session, DeskConnection, CancellationToken, Task{Result{Answer}}})"/>, for an answer that the
    /// command line alone makes.</summary>
    public static CbssCommand SendsAnswer(
        this CbssCommand command, GlobalOptions globals, string failed, Func<ParseResult, Result<Answer>> make) =>
        command.SendsAnswer(globals, failed, (parsed, _, _, _) => Task.FromResult(make(parsed)));
}
