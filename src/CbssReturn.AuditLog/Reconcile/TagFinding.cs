using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Where two logs disagree about a packet between their nodes.</summary>
/// <param name="Kind">SENT_UNRECEIVED, SENT_UNCLOSED, RECEIVED_UNSENT, RECEIPT_CONTRADICTED, REPLAY, ENTRY_RULE or
/// GIVEN_UP_BUT_RECEIVED.</param>
/// <param name="Level">How soon somebody must look.</param>
/// <param name="Tag">The tag of the packet.</param>
/// <param name="Sender">Origin of the sender's log.</param>
/// <param name="Receiver">Origin of the receiver's log.</param>
/// <param name="Origin">Which of the two holds the entry at <paramref name="Index"/>.</param>
/// <param name="Index">The entry that shows it, counted from 0.</param>
public sealed record TagFinding(
    AlarmKind Kind, AlarmLevel Level, Digest Tag, string Sender, string Receiver, string Origin, long Index)
{
    /// <summary>What was found, in a sentence or two.</summary>
    public string Text => Kind switch
    {
        AlarmKind.SentUnreceived =>
            $"{Sender} says that {Receiver} stored the packet {Tag}, and the log of {Receiver} does not say so.",
        AlarmKind.SentUnclosed =>
            $"{Sender} sent the packet {Tag} to {Receiver} and has not said what became of it.",
        AlarmKind.ReceivedUnsent =>
            $"{Receiver} says that it received the packet {Tag}, and the log of {Sender} does not say that it was"
            + " sent.",
        AlarmKind.ReceiptContradicted =>
            $"{Sender} says that it holds a final receipt for the packet {Tag}, and the log of {Receiver} says"
            + $" something else there. {Sender} must hand over its receipt: that proves which of the two is right.",
        AlarmKind.Replay => $"{Origin} says the same of the packet {Tag} twice.",
        AlarmKind.GivenUpButReceived =>
            $"{Sender} says that the packet {Tag} did not arrive, and {Receiver} says that it did.",
        AlarmKind.EntryRule => $"{Origin} says what became of the packet {Tag} without having sent it.",
        _ => throw new InvalidOperationException($"Reconciliation does not find {Kind}."),
    };

    /// <summary>Makes the alarm, about the log that holds the entry.</summary>
    /// <param name="evidence">What the caller holds to prove it: bundles, proofs, checkpoints.</param>
    public AuditAlarm ToAlarm(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> evidence) => new()
    {
        Kind = Kind,
        Level = Level,
        Origin = Origin,
        Index = Index,
        Text = Text,
        Evidence = evidence,
    };
}
