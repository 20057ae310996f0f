namespace CbssReturn.AuditLog;

/// <summary>What two logs must say of one packet, and how long they may take (docs/spec/audit-log.md, section 7).
/// </summary>
/// <remarks>An entry that comes too late counts as one that does not come: else a finding would depend on when somebody
/// looked, and a log could be mended after the fact.</remarks>
internal static class TagRules
{
    private static readonly TimeSpan WarningAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan HighAfter = TimeSpan.FromHours(4);
    private static readonly TimeSpan OpenMax = TimeSpan.FromHours(74);

    /// <summary>Everything that is wrong with a transfer, given how far the two logs are known.</summary>
    public static IEnumerable<(AlarmKind Kind, AlarmLevel Level, LogProgress Log, long Index)> Judge(
        TagTransfer transfer, LogProgress sender, LogProgress receiver)
    {
        if (transfer is { Closed: { } done, ClosedOutcome: AuditOutcome.Done }
            && LevelOf(receiver, done, transfer.Received) is { } unreceived)
        {
            yield return (AlarmKind.SentUnreceived, unreceived, sender, done.Index);
        }

        if (transfer is { Received: { } received }
            && LevelOf(sender, received, FirstOf(transfer.Sent, transfer.Closed)) is { } unsent)
        {
            yield return (AlarmKind.ReceivedUnsent, unsent, receiver, received.Index);
        }

        if (transfer is { Sent: { } sent } && Wait(sender, sent, transfer.Closed) > OpenMax)
        {
            yield return (AlarmKind.SentUnclosed, AlarmLevel.High, sender, sent.Index);
        }

        if (transfer is { Closed: { } givenUp, ClosedOutcome: not AuditOutcome.Done, Received: not null })
        {
            // A packet may arrive after its sender has lost patience, but nobody holds a receipt that says refused.
            var level = transfer.ClosedOutcome == AuditOutcome.Failed ? AlarmLevel.Warning : AlarmLevel.High;
            yield return (AlarmKind.GivenUpButReceived, level, sender, givenUp.Index);
        }

        // Opened afterwards is not opened: else it would depend on when somebody looked.
        if (transfer is { Closed: { } closed } && FirstOf(transfer.Sent, closed) == closed)
        {
            yield return (AlarmKind.EntryRule, AlarmLevel.High, sender, closed.Index);
        }

        if (transfer.Receipt is { } receipt && IsReceiptContradicted(transfer, receipt, receiver))
        {
            // The word of the sender against that of the receiver: only the proof, which the sender says it holds,
            // accuses one of them.
            yield return (AlarmKind.ReceiptContradicted, AlarmLevel.Warning, sender, receipt.Index);
        }

        if (transfer.SenderAgain is { } senderAgain)
        {
            yield return (AlarmKind.Replay, AlarmLevel.High, sender, senderAgain);
        }

        if (transfer.ReceiverAgain is { } receiverAgain)
        {
            yield return (AlarmKind.Replay, AlarmLevel.High, receiver, receiverAgain);
        }
    }

    /// <summary>Says whether time alone cannot bring anything new to light about a transfer.</summary>
    public static bool IsSettled(TagTransfer transfer, LogProgress receiver)
    {
        var isDoneSeen = transfer.Closed is null
            || transfer.ClosedOutcome != AuditOutcome.Done
            || transfer.Received is not null
            || transfer.GivenOf(AlarmKind.SentUnreceived) == AlarmLevel.High;
        var isReceivedSeen = transfer.Received is null
            || transfer.Sent is not null
            || transfer.Closed is not null
            || transfer.GivenOf(AlarmKind.ReceivedUnsent) == AlarmLevel.High;
        var isSentClosed = transfer.Sent is null
            || transfer.Closed is not null
            || transfer.GivenOf(AlarmKind.SentUnclosed) == AlarmLevel.High;
        var isReceiptSeen = transfer.Receipt is null
            || transfer.ReceiptPeerIndex < receiver.NextIndex
            || transfer.GivenOf(AlarmKind.ReceiptContradicted) == AlarmLevel.Warning;
        return isDoneSeen && isReceivedSeen && isSentClosed && isReceiptSeen;
    }

    private static AlarmLevel? LevelOf(LogProgress log, TagMark question, TagMark? answer)
    {
        var wait = Wait(log, question, answer);
        return wait >= HighAfter ? AlarmLevel.High : wait >= WarningAfter ? AlarmLevel.Warning : null;
    }

    private static TagMark? FirstOf(TagMark? one, TagMark? other) =>
        one is null || other?.Index < one.Value.Index ? other : one;

    /// <summary>How long a log has surely advanced, awake, without the answer that was due.</summary>
    private static TimeSpan Wait(LogProgress log, TagMark question, TagMark? answer)
    {
        // From when the question was there at the latest, until when the answer was still missing.
        var until = answer is { } given ? given.After : log.CoveredUntil;
        return question.By is { } from && until is { } end ? log.AwakeBetween(from, end) : TimeSpan.Zero;
    }

    private static bool IsReceiptContradicted(TagTransfer transfer, TagMark receipt, LogProgress receiver)
    {
        // Who says a thing twice has said it there as well: that is a replay, and no matter of its sender.
        if (transfer.ReceiptPeerIndex < receiver.ForgottenBelow || transfer.ReceiptPeerIndex == transfer.ReceiverAgain)
        {
            return false;
        }

        // A receipt is final once a checkpoint covers the entry, so the entry is there before the receipt.
        var named = transfer.ReceiverMarks().Where(mark => mark.Index == transfer.ReceiptPeerIndex).ToArray();
        return named.Length > 0
            ? Wait(receiver, receipt, named[0]) >= WarningAfter
            : transfer.ReceiptPeerIndex < receiver.NextIndex || Wait(receiver, receipt, null) >= WarningAfter;
    }
}
