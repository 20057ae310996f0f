using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Output;

/// <summary>The one thing to do next about a refusal, in the words of an auditor.</summary>
internal static class NextStep
{
    /// <summary>Gives the step.</summary>
    public static string After(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Code switch
        {
            RefusalCode.NotFound or RefusalCode.FileUnreadable => "Check the path and who may read it.",
            RefusalCode.KeyMalformed or RefusalCode.KeyWeak or RefusalCode.ValueTwice =>
                "Take the keys again from the signed directory, or from the organisation by telephone.",
            RefusalCode.ConfigurationMalformed or RefusalCode.ConfigurationKeyUnknown =>
                "Correct the file, or let cbss-node directory auditor-config write it again.",
            RefusalCode.PeerUnreachable or RefusalCode.PeerBusy => "Try again; nothing was found out about the log.",
            RefusalCode.NoteSignatureWrong or RefusalCode.OriginWrong =>
                "Compare the verifier key with the directory. If it is right, keep the note: it is evidence.",
            RefusalCode.QuorumMissing =>
                "Wait for the next checkpoint; if it lasts, call the focal points that did not cosign.",
            RefusalCode.RootWrong or RefusalCode.TileMissing or RefusalCode.TileMalformed
                or RefusalCode.EntryMalformed =>
                "Keep the data as it is, compare it with the mirror of the focal point, and call the organisation.",
            RefusalCode.ConsistencyWrong or RefusalCode.SplitView or RefusalCode.LogRolledBack =>
                "Keep both checkpoints and call all focal points: together they are evidence.",
            RefusalCode.InclusionWrong or RefusalCode.ProofMalformed =>
                "Keep the proof and the entry; ask the organisation that gave it for another one.",
            RefusalCode.EntryTimeWrong => "Ask the organisation about the clock of its node.",
            _ => FormattableString.Invariant($"Read docs/ERRORS.md under {refusal.CodeText}."),
        };
    }
}
