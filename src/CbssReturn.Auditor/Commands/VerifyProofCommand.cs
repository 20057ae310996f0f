using System.CommandLine;
using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Output;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor verify-proof</c>: a final receipt, or an entry with its c2sp.org/tlog-proof.</summary>
internal static class VerifyProofCommand
{
    private const int EntrySizeBytesMax = EntryBundle.EntrySizeBytesMax;

    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var file = new Argument<string>("file")
        {
            Description = "A final receipt (.cbss-receipt), or a c2sp.org/tlog-proof with --entry.",
        };
        var entry = new Option<string?>("--entry")
        {
            Description = "With a tlog-proof: the entry, verbatim.",
            HelpName = "FILE",
        };
        var identity = new Option<string?>("--identity-key")
        {
            Description = "With a receipt: the receiver's identity key from the directory, 64 hexadecimal digits. "
                + "Without it only the log's word is checked, not the receipt's own signature.",
            HelpName = "HEX",
        };
        var trust = new TrustOptions();
        var command = new AuditorCommand(
            "verify-proof",
            "Checks offline that an entry, or the receipt of a packet, stands in a log. Exit code 0 when it does.",
            "cbss-auditor verify-proof packet.cbss-receipt --vkeys receiver.vkeys",
            "cbss-auditor verify-proof entry.tlog-proof --entry entry.bin --vkeys receiver.vkeys --quorum 0")
        {
            file, entry, identity,
        };
        trust.AddTo(command);
        context.Run(command, "The proof does not hold.", (parsed, console, _) => Task.FromResult(
            trust.Read(parsed).Then(policy => parsed.GetValue(entry) is { } path
                ? CheckEntry(parsed.GetRequiredValue(file), path, policy, console)
                : ReadIdentity(parsed.GetValue(identity)).Then(
                    key => CheckReceipt(parsed.GetRequiredValue(file), key.Value, policy, console)))));
        return command;
    }

    private static Result<int> CheckEntry(
        string file, string entryFile, WitnessPolicy policy, AuditorConsole console)
    {
        if (!SmallFile.Read(file, TlogProof.SizeBytesMax).Then(bytes => TlogProof.Parse(bytes))
                .TryGet(out var proof, out var refusal)
            || !SmallFile.Read(entryFile, EntrySizeBytesMax).TryGet(out var entry, out refusal)
            || !proof.Verify(entry, policy).TryGet(out var checkpoint, out refusal))
        {
            return refusal;
        }

        Say(console, checkpoint, proof.Index, LogEntry.Parse(entry), policy, null, null);
        return ExitCode.Ok;
    }

    private static Result<int> CheckReceipt(
        string file, VerifyingKey? identity, WitnessPolicy policy, AuditorConsole console)
    {
        if (!SmallFile.Read(file, ReceiptProof.SizeBytesMax).Then(bytes => ReceiptProof.Parse(bytes))
            .TryGet(out var receipt, out var refusal))
        {
            return refusal;
        }

        // The policy may name several logs; that of the proof is the one that is asked for, if it is among them.
        var origin = receipt.Proof.Note.Text.Split('\n', 2)[0];
        var log = policy.Logs.Select(known => known.Key).FirstOrDefault(key => key.Name == origin);
        if (log is null)
        {
            return new Refusal(RefusalCode.OriginWrong, "The receipt is of a log that is not named here.");
        }

        var witnesses = policy.Witnesses.Select(witness => witness.Key).ToList();
        var verified = identity is null
            ? receipt.VerifyEntry(log, witnesses, 0)
            : receipt.Verify(identity, log, witnesses, 0);
        if (!verified.TryGet(out var checkpoint, out refusal))
        {
            return refusal;
        }

        if (!policy.IsMetBy(checkpoint.Cosignatures.Select(cosignature => cosignature.Key)))
        {
            return new Refusal(RefusalCode.QuorumMissing, "Too few witnesses have cosigned the checkpoint.");
        }

        Say(console, checkpoint, receipt.Proof.Index, receipt.Entry, policy, receipt, identity);
        return ExitCode.Ok;
    }

    private static void Say(
        AuditorConsole console,
        VerifiedCheckpoint checkpoint,
        long index,
        Result<LogEntry> entry,
        WitnessPolicy policy,
        ReceiptProof? receipt,
        VerifyingKey? identity)
    {
        var says = entry.TryGet(out var read, out _) ? $"{NameOf(read.Event)} {NameOf(read.Outcome)}" : "unknown";
        List<string> lines =
        [
            Line($"The entry {index} of {checkpoint.Checkpoint.Origin} is proved."),
            $"  Says:      {says}" + (read is null ? "" : Line($", {read.At:u}")),
            Line($"  Tree:      {checkpoint.Checkpoint.Size} entries, root {checkpoint.Checkpoint.Root}"),
            Line($"  Witnesses: {checkpoint.Cosignatures.Count} have cosigned")
                + (checkpoint.WitnessedAt(policy) is { } at ? Line($", enough of them since {at:u}") : ""),
        ];
        if (receipt is not null)
        {
            lines.Add($"  Packet:    {receipt.Receipt.PacketId}");
            lines.Add(identity is null
                ? "  Signature: of the receipt itself not checked: no identity key was given"
                : "  Signature: of the receipt itself is the receiver's");
            if (!receipt.IsTimely)
            {
                lines.Add("  Note:      receipt and entry are more than three minutes apart");
            }
        }

        console.Say(
            new Report(
                true,
                checkpoint.Checkpoint.Origin,
                index,
                checkpoint.Checkpoint.Size,
                says,
                read?.At,
                checkpoint.Cosignatures.Select(cosignature => cosignature.Key.Name).Order().ToList(),
                receipt?.Receipt.PacketId.ToString(),
                receipt is null ? null : identity is not null,
                receipt?.IsTimely),
            lines);
    }

    private static Result<IdentityKey> ReadIdentity(string? text)
    {
        if (text is null)
        {
            return new IdentityKey(null);
        }

        var bytes = new byte[VerifyingKey.SizeBytes];
        return StrictHex.TryDecode(text, bytes)
            ? VerifyingKey.Parse(bytes).Then<IdentityKey>(key => new IdentityKey(key))
            : new Refusal(RefusalCode.KeyMalformed, "An identity key is 64 hexadecimal digits.", "--identity-key");
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record IdentityKey(VerifyingKey? Value);

    private sealed record Report(
        bool Ok,
        string Origin,
        long Index,
        long Size,
        string Entry,
        DateTimeOffset? At,
        IReadOnlyList<string> CosignedBy,
        string? PacketId,
        bool? ReceiptSignatureChecked,
        bool? Timely);
}
