using CbssReturn.Cli.Errors;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Desk;

/// <summary>Watches one packet leave.</summary>
internal static class OutboxWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a packet has arrived, failed for the first time, or the time is over.</summary>
    /// <param name="desk">The desk.</param>
    /// <param name="outboxId">The packet.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="time">How long to wait; zero looks once.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The row as it was seen last, or the desk's refusal.</returns>
    public static async Task<Result<OutboxItem>> WaitAsync(
        DeskConnection desk, string outboxId, TimeProvider clock, TimeSpan time, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var request = new ListOutboxRequest { IncludeDone = true };
            var listed = await desk.CallAsync((client, options) => client.ListOutboxAsync(request, options), stop)
                .ConfigureAwait(false);
            var found = listed.Then(list => list.Items.FirstOrDefault(item => item.OutboxId == outboxId) is { } item
                ? (Result<OutboxItem>)item
                : new Refusal(RefusalCode.NotFound, "The packet is not among those that the outbox lists."));
            if (!found.TryGet(out var row, out _) || IsSettled(row) || clock.GetElapsedTime(start) >= time)
            {
                return found;
            }

            await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Tells why a packet has not arrived.</summary>
    /// <returns>Null when it has arrived, or was looked at too early to know.</returns>
    public static Refusal? WhyNot(OutboxItem row)
    {
        if (row.State == "DELIVERED")
        {
            return null;
        }

        if (ErrorTexts.ParseCode(row.LastCode) is { } code && ErrorTexts.Find(code) is { } text)
        {
            return new Refusal(code, text.Meaning);
        }

        return row.State switch
        {
            "REFUSED" => Plain(RefusalCode.PeerRefused),
            "CONFLICT" => Plain(RefusalCode.PeerConflict),
            "UNDELIVERED" => Plain(RefusalCode.Undelivered),
            _ => null,
        };
    }

    private static bool IsSettled(OutboxItem row) =>
        row.State is "DELIVERED" or "REFUSED" or "CONFLICT" or "UNDELIVERED" or "CANCELLED" || row.LastCode.Length > 0;

    private static Refusal Plain(RefusalCode code) => new(code, ErrorTexts.Find(code)?.Meaning ?? "It did not arrive.");
}
