using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss outbox</c>: what waits to leave.</summary>
internal static class OutboxCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("outbox", "What waits to leave this node.") { List(globals), Retry(globals), Cancel(globals) };

    private static CbssCommand List(GlobalOptions globals)
    {
        var all = new Option<bool>("--all") { Description = "Also what is delivered, refused or cancelled." };
        var command = new CbssCommand(
            "list", "Lists what waits to leave.", "cbss outbox list", "cbss outbox list --all")
        {
            all,
        };
        command.DoesAtDesk(globals, "The outbox was not listed.", async (parsed, _, desk, stop) =>
        {
            var request = new ListOutboxRequest { IncludeDone = parsed.GetValue(all) };
            var listed = await desk.CallAsync((client, options) => client.ListOutboxAsync(request, options), stop)
                .ConfigureAwait(false);
            return listed.Then<Report>(list => Report.Of(list) with
            {
                Grid = new Grid(
                    ["Packet", "Peer", "State", "Tries", "Next try", "Last code", "Queued"],
                    [.. list.Items.Select(Row)],
                    "Nothing waits."),
            });
        });
        return command;
    }

    private static CbssCommand Retry(GlobalOptions globals)
    {
        var id = OutboxArgument();
        var command = new CbssCommand(
            "retry", "Makes a waiting or undelivered packet due now.", "cbss outbox retry 0a1b2c")
        {
            id,
        };
        command.DoesAtDesk(globals, "The packet was not made due.", async (parsed, _, desk, stop) =>
        {
            var whole = await ShortId.OfOutboxAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            if (!whole.TryGet(out var row, out var refusal))
            {
                return refusal;
            }

            var request = new RetryOutboxRequest { OutboxId = row };
            return (await desk.CallAsync((client, options) => client.RetryOutboxAsync(request, options), stop)
                .ConfigureAwait(false)).Then<Report>(done => Report.Of(done, "The packet is due now."));
        });
        return command;
    }

    private static CbssCommand Cancel(GlobalOptions globals)
    {
        var id = OutboxArgument();
        var command = new CbssCommand(
            "cancel", "Takes back a packet that has not left.", "cbss outbox cancel 0a1b2c --yes")
        {
            id,
        };
        command.DoesAtDesk(globals, "The packet was not taken back.", async (parsed, session, desk, stop) =>
        {
            var whole = await ShortId.OfOutboxAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            var sure = whole.Then(_ => Question.Ask(session, "A packet that is taken back is not sent."));
            if (!sure.TryGet(out _, out var refusal))
            {
                return refusal;
            }

            var request = new CancelOutboxRequest { OutboxId = whole.Value };
            return (await desk.CallAsync((client, options) => client.CancelOutboxAsync(request, options), stop)
                .ConfigureAwait(false))
                .Then<Report>(done => Report.Of(done, "The packet was taken back; it has not left."));
        });
        return command;
    }

    private static Argument<string> OutboxArgument() =>
        new("PACKET") { Description = "The packet's id in the outbox; the first 6 digits or more will do." };

    private static IReadOnlyList<string> Row(OutboxItem item) =>
    [
        item.OutboxId, item.Peer, item.State, Show.Number(item.Attempts), Show.Moment(item.DueAt),
        Show.Text(item.LastCode), Show.Moment(item.QueuedAt),
    ];
}
