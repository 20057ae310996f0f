using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss audit prove</c>: writes the final receipt of a packet into a file that anybody can check
/// offline.</summary>
internal static class ProveCommand
{
    /// <summary>What the name of such a file ends in (docs/spec/receipt-proof.md, section 1).</summary>
    public const string Extension = ".cbss-receipt";

    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var packet = new Argument<string>("PACKET")
        {
            Description = "The packet's id, all 32 digits, as cbss referral show has it.",
        };
        var file = new Option<string>("--out")
        {
            Description = $"The file, readable only by you. Without it PACKET{Extension} in this folder.",
            HelpName = "FILE",
        };
        var force = new Option<bool>("--force") { Description = "Replaces a file that is there." };
        var command = new CbssCommand(
            "prove",
            "Writes the final receipt of a packet into a file: what the recipient signed for, and the proof that its"
                + " audit log says the same. It holds no case content, and whoever has the recipient's keys checks it"
                + " offline.",
            $"cbss audit prove 0a1b2c3d4e5f60718293a4b5c6d7e8f9 --out handover{Extension}")
        {
            packet, file, force,
        };
        command.DoesAtDesk(globals, "No proof was written.", async (parsed, _, desk, stop) =>
        {
            if (!ShortId.Whole(parsed.GetRequiredValue(packet)).TryGet(out var id, out var refusal))
            {
                return refusal;
            }

            var request = new ProvePacketRequest { PacketId = id };
            var proven = await desk.CallAsync((client, options) => client.ProvePacketAsync(request, options), stop)
                .ConfigureAwait(false);
            var path = parsed.GetValue(file) ?? id + Extension;
            return proven.Then(answer => OutputFile.Write(path, answer.Proof.Span, parsed.GetValue(force))
                .Then<Report>(_ => ReportOf(id, path, answer)));
        });
        return command;
    }

    private static Report ReportOf(string packet, string path, ProvePacketResponse answer)
    {
        var (place, key) = (answer.Place ?? new FinalPlace(), answer.RecipientKey);
        var json = JsonSerializer.Serialize(new
        {
            file = path,
            packet_id = packet,
            log = place.Log,
            index = place.Index,
            size = place.Size,
            witnesses = place.Witnesses,
            recipient = answer.Recipient,
            recipient_key = key,
        });
        return new Report(
            json,
            [
                $"The proof is in {path}.",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  The packet is entry {place.Index} of {place.Log}, {place.Witnesses} witness(es)."),
                "Give the file to whoever should believe it. It names no person, and is checked without a network:",
                $"  cbss-auditor verify-proof {Path.GetFileName(path)} --vkeys KEYS"
                    + (key.Length > 0 ? $" --identity-key {key}" : ""),
                "KEYS is a file with the key of that log and those of the witnesses, one a line. Who checks takes them,"
                    + " and the identity key, from the signed directory and not from you.",
            ])
        {
            Essential = path,
        };
    }
}
