using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Output;

/// <summary>The one thing to do next about an alarm.</summary>
internal static class AlarmNextStep
{
    /// <summary>Gives the step.</summary>
    public static string After(AlarmKind kind) => kind switch
    {
        AlarmKind.Rollback =>
            "Call the organisation: was a backup restored? Its node fetches what is missing from the mirror by itself.",
        AlarmKind.SplitView =>
            "Send all focal points the evidence folder; trust nothing new of this log until it is cleared.",
        AlarmKind.Altered =>
            "Keep node and mirror as they are, call the organisation, and compare the entry with the mirror.",
        AlarmKind.EntryRule => "Ask the organisation about the clock and the software of its node.",
        AlarmKind.DetailMissing => "Ask the organisation for the detail of the entry.",
        AlarmKind.SentUnreceived => "Call both organisations: the receiver may have left the packet out of its log.",
        AlarmKind.SentUnclosed => "Ask the sender what became of the packet.",
        AlarmKind.ReceivedUnsent => "Call both organisations: the sender may have left the packet out of its log.",
        AlarmKind.ReceiptContradicted =>
            "Ask the sender for the final receipt: with the receiver's entry it proves who is wrong.",
        AlarmKind.Replay => "Ask the organisation that says it twice; somebody may have delivered a packet again.",
        AlarmKind.GivenUpButReceived => "Tell the sender that the packet arrived.",
        AlarmKind.Stale => "Call the organisation: is the node switched on and on the network?",
        AlarmKind.Unwitnessed => "Ask the focal points that did not cosign, and the organisation.",
        AlarmKind.Malformed => "Keep the bytes, and ask the organisation about the software of its node.",
        AlarmKind.Unspecified => throw new InvalidOperationException("This is no alarm."),
        _ => throw new InvalidOperationException($"There is no alarm {kind}."),
    };
}
