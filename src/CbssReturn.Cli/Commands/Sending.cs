using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Output;
using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Cli.Commands;

/// <summary>What all commands share that put a packet into the outbox.</summary>
internal sealed class Sending
{
    private const int WaitSecondsMax = 600;

    private readonly Option<int> _wait = new("--wait")
    {
        Description = "How many seconds to watch whether it arrives, 0 to 600. What has not arrived stays queued and is"
            + " tried again by itself; the exit code is then 5.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>Makes the options and adds them to a command.</summary>
    public Sending(Command command)
    {
        _wait.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, out var seconds) || seconds is < 0 or > WaitSecondsMax))
            {
                result.AddError("out of range");
            }
        });
        command.Add(_wait);
    }

    /// <summary>Watches the packet and says where it is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">The session.</param>
    /// <param name="desk">The desk.</param>
    /// <param name="outboxId">The packet.</param>
    /// <param name="response">The desk's answer, for --json.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task<Result<Report>> WatchAsync(
        ParseResult parsed,
        Session session,
        DeskConnection desk,
        string outboxId,
        IMessage response,
        CancellationToken stop)
    {
        var answer = Report.Of(response, $"Sealed and queued as {outboxId}.") with { Essential = outboxId };
        var seconds = parsed.GetValue(_wait);
        if (seconds == 0)
        {
            return answer;
        }

        var watched = await OutboxWatch.WaitAsync(desk, outboxId, session.Clock, TimeSpan.FromSeconds(seconds), stop)
            .ConfigureAwait(false);
        if (!watched.TryGet(out var row, out _))
        {
            // It is queued, which is what was asked; that it cannot be watched changes nothing.
            return answer;
        }

        return row.State == "DELIVERED"
            ? answer with { Lines = [$"Sealed and delivered as {outboxId}; the receipt is signed."] }
            : answer with { Unfinished = OutboxWatch.WhyNot(row) };
    }
}
