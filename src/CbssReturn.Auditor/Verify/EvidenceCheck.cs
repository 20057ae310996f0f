using CbssReturn.AuditLog;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Verify;

/// <summary>Says what the evidence of an alarm proves to somebody who trusts nobody but public keys.</summary>
internal static class EvidenceCheck
{
    private static readonly string[] SplitProven =
        ["The log has signed two trees of which neither continues the other."];

    /// <summary>Checks an alarm.</summary>
    /// <param name="alarm">The alarm with its evidence.</param>
    /// <param name="policy">The keys of the logs.</param>
    /// <returns>What is proved, in full sentences, and what is not; or a refusal with
    /// <see cref="RefusalCode.OriginWrong"/> when the log's key is not named, or why the evidence does not prove what
    /// it must.</returns>
    public static Result<IReadOnlyList<string>> Check(AuditAlarm alarm, WitnessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Logs.FirstOrDefault(log => log.Key.Name == alarm.Origin) is not { } known)
        {
            return new Refusal(RefusalCode.OriginWrong, $"The key of {alarm.Origin} is not named here.", "vkeys");
        }

        return alarm.Kind switch
        {
            AlarmKind.SplitView => CheckSplit(alarm, known.Key),
            AlarmKind.ReceiptContradicted when alarm.Evidence.ContainsKey(EvidenceName.Receipt) =>
                alarm.Evidence.ContainsKey(EvidenceName.OtherCheckpoint)
                    ? CheckSplit(alarm, known.Key)
                    : CheckAhead(alarm, known.Key),
            AlarmKind.Rollback => CheckRollback(alarm, known.Key),
            AlarmKind.EntryRule when alarm.Evidence.ContainsKey(EntryEvidence.OtherProof) =>
                CheckTwoEntries(alarm, known.Key),
            AlarmKind.Altered when alarm.Evidence.ContainsKey(EvidenceName.Bundle) => CheckAltered(alarm, known.Key),
            AlarmKind.Stale or AlarmKind.Unwitnessed => new Refusal(
                RefusalCode.ProofMalformed, "That something did not happen cannot be proved by itself."),
            _ when alarm.Evidence.ContainsKey(EvidenceName.TlogProof) => CheckSaid(alarm, known.Key),
            _ => new Refusal(RefusalCode.ProofMalformed, "There is nothing in it that can be checked by itself."),
        };
    }

    private static Result<IReadOnlyList<string>> CheckSplit(AuditAlarm alarm, VerifierKey log) =>
        SplitView.Check(alarm.Evidence, log).Then<IReadOnlyList<string>>(_ => SplitProven);

    private static Result<IReadOnlyList<string>> CheckRollback(AuditAlarm alarm, VerifierKey log)
    {
        if (!ReadNote(alarm, EvidenceName.Checkpoint, log).TryGet(out var smaller, out var refusal)
            || !ReadNote(alarm, EvidenceName.OtherCheckpoint, log).TryGet(out var larger, out refusal))
        {
            return refusal;
        }

        if (smaller.Checkpoint.Size >= larger.Checkpoint.Size)
        {
            return new Refusal(RefusalCode.ConsistencyWrong, "The first checkpoint is not the smaller one.");
        }

        List<string> proven =
        [
            FormattableString.Invariant($"The log has signed {larger.Checkpoint.Size} entries, ")
                + FormattableString.Invariant($"and has signed {smaller.Checkpoint.Size}."),
            SplitView.Check(alarm.Evidence, log).IsOk
                ? "The smaller tree is not the start of the larger one: it was signed anew."
                : "That the smaller one was shown later is the word of who raised the alarm.",
        ];
        return proven;
    }

    private static Result<IReadOnlyList<string>> CheckAhead(AuditAlarm alarm, VerifierKey log)
    {
        if (!ReadNote(alarm, EvidenceName.Checkpoint, log).TryGet(out var known, out var refusal)
            || !ReceiptProof.Parse(alarm.Evidence[EvidenceName.Receipt].Span).TryGet(out var receipt, out refusal)
            || !receipt.VerifyEntry(log, [], 0).TryGet(out var proven, out refusal))
        {
            return refusal;
        }

        return proven.Checkpoint.Size > known.Checkpoint.Size
            ? new[]
            {
                FormattableString.Invariant($"The log has signed a final receipt over {proven.Checkpoint.Size} ")
                    + FormattableString.Invariant($"entries, and has signed {known.Checkpoint.Size}."),
                "That it has gone on since, and signed the smaller one later, is the word of who raised the alarm.",
            }
            : new Refusal(RefusalCode.ConsistencyWrong, "The log has reached the size of the receipt.");
    }

    private static Result<IReadOnlyList<string>> CheckTwoEntries(AuditAlarm alarm, VerifierKey log)
    {
        if (!ReadEntry(alarm, EvidenceName.Entry, EvidenceName.TlogProof, log).TryGet(out var later, out var refusal)
            || !ReadEntry(alarm, EntryEvidence.OtherEntry, EntryEvidence.OtherProof, log)
                .TryGet(out var before, out refusal)
            || !LogEntry.Parse(later.Entry.Span).TryGet(out var one, out refusal)
            || !LogEntry.Parse(before.Entry.Span).TryGet(out var other, out refusal))
        {
            return refusal;
        }

        if (one.Event == AuditEvent.DetailErased
            && one.Index == before.Index
            && EntryRules.CheckErasure(one, other) is not null)
        {
            return new[]
            {
                FormattableString.Invariant($"The log has signed that entry {later.Index} erased the detail of entry ")
                    + FormattableString.Invariant($"{before.Index}, which never had that detail."),
            };
        }

        var rules = new EntryRules(other.At);
        return before.Index < later.Index && rules.Check(later.Index, one) is { Code: RefusalCode.EntryTimeWrong }
            ? new[]
            {
                FormattableString.Invariant($"The log has signed entry {before.Index} of {other.At:u}, ")
                    + FormattableString.Invariant($"and behind it entry {later.Index} of {one.At:u}."),
            }
            : new Refusal(RefusalCode.EntryTimeWrong, "The two entries do not go back in time.");
    }

    private static Result<IReadOnlyList<string>> CheckAltered(AuditAlarm alarm, VerifierKey log)
    {
        if (!ReadEntry(alarm, EvidenceName.Entry, EvidenceName.TlogProof, log).TryGet(out var signed, out var refusal))
        {
            return refusal;
        }

        var place = (int)(signed.Index % TileId.HashesMax);
        var bundle = alarm.Evidence[EvidenceName.Bundle];
        var shown = Enumerable.Range(1, TileId.HashesMax)
            .Select(width => EntryBundle.Parse(bundle, width).TryGet(out var entries, out _) ? entries : null)
            .FirstOrDefault(entries => entries is not null) ?? [];
        return place >= shown.Length || !shown[place].Span.SequenceEqual(signed.Entry.Span)
            ? new[]
            {
                FormattableString.Invariant($"The log has signed another entry {signed.Index} than the bundle has."),
                "That the node showed this bundle is the word of who raised the alarm.",
            }
            : new Refusal(RefusalCode.RootWrong, "The bundle has the entry that the log has signed.");
    }

    private static Result<IReadOnlyList<string>> CheckSaid(AuditAlarm alarm, VerifierKey log) =>
        ReadEntry(alarm, EvidenceName.Entry, EvidenceName.TlogProof, log).Then<IReadOnlyList<string>>(said => new[]
        {
            FormattableString.Invariant($"The log has signed the entry {said.Index} as it is here."),
            "What another log does not say is the word of its auditors.",
        });

    private static Result<VerifiedCheckpoint> ReadNote(AuditAlarm alarm, string name, VerifierKey log) =>
        alarm.Evidence.TryGetValue(name, out var note)
            ? CheckpointReader.Read(note.Span, log, [], 0)
            : Absent(name);

    private static Result<SignedEntry> ReadEntry(
        AuditAlarm alarm, string entryName, string proofName, VerifierKey log)
    {
        if (!alarm.Evidence.TryGetValue(entryName, out var entry))
        {
            return Absent(entryName);
        }

        if (!alarm.Evidence.TryGetValue(proofName, out var bytes))
        {
            return Absent(proofName);
        }

        return TlogProof.Parse(bytes.Span).Then(proof => proof.Verify(entry.Span, log, [], 0)
            .Then<SignedEntry>(_ => new SignedEntry(proof.Index, entry)));
    }

    private static Refusal Absent(string name) =>
        new(RefusalCode.ProofMalformed, $"The evidence has no {name}.", name);

    private sealed record SignedEntry(long Index, ReadOnlyMemory<byte> Entry);
}
