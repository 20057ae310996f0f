using System.Globalization;
using System.Text.Json.Nodes;
using CbssReturn.Cli.Commands;
using CbssReturn.Cli.Errors;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>The sender of a packet proves what the recipient's log says of it, and somebody else checks that with two
/// files and no network.</summary>
/// <param name="world">The running nodes.</param>
/// <param name="folder">The demo's folder.</param>
/// <param name="auditor">The auditor's program.</param>
/// <param name="story">Where each step is told.</param>
internal sealed class ReceiptProved(DemoWorld world, DemoFolder folder, AuditorTool auditor, DemoStory story)
{
    private const string Sender = "sender";
    private const string Receiver = "shelter_a";

    // The recipient publishes within its interval, and the sender asks within another.
    private static readonly TimeSpan FinalMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Plays it.</summary>
    /// <returns>Whether every step held.</returns>
    public async Task<bool> PlayAsync(CancellationToken stop)
    {
        var found = await FindPacketAsync(stop).ConfigureAwait(false);
        if (found is null)
        {
            // A scenario of one's own need not send anything.
            story.Say("No packet went from the sender to shelter A, so none can be proved.");
            return true;
        }

        const string Proves = "The sender writes down what shelter A's log says of a packet, and the proof of it.";
        var path = folder.Combine("proved", found + ProveCommand.Extension);
        Directory.CreateDirectory(folder.Combine("proved"));
        var proven = (await ProveAsync(found, stop).ConfigureAwait(false)).Then<ProvePacketResponse>(answer =>
            OutputFile.Write(path, answer.Proof.Span, replaces: false).Then<ProvePacketResponse>(_ => answer));
        if (!proven.TryGet(out var proof, out var refusal))
        {
            story.Tell(Proves, Sender, false, refusal.CodeText);
            return false;
        }

        story.Tell(Proves, Sender, true, EntryText(proof.Place.Index));
        return await CheckAsync(path, proof, stop).ConfigureAwait(false);
    }

    private async Task<bool> CheckAsync(string path, ProvePacketResponse proof, CancellationToken stop)
    {
        string[] check =
        [
            "verify-proof", path, "--vkeys", world.Node(Receiver).Files.ExportKeysPath,
            "--identity-key", proof.RecipientKey,
        ];
        var (exitCode, said) = await auditor.RunAsync(check, stop).ConfigureAwait(false);
        var isRight = exitCode == ExitCode.Ok
            && Text(said, "index") == proof.Place.Index.ToString(CultureInfo.InvariantCulture)
            && Text(said, "receipt_signature_checked") == "true";
        story.Tell(
            "The proof holds, with that file and public keys, and without asking anybody.",
            "focal_point",
            isRight,
            isRight ? $"{Text(said, "entry")}, {EntryText(proof.Place.Index)}" : Text(said, "code"));
        return isRight;
    }

    /// <returns>The id of a delivered packet; null for none.</returns>
    private async Task<string?> FindPacketAsync(CancellationToken stop)
    {
        var receiver = world.Node(Receiver).NodeId;
        var listed = await AskAsync((client, options) => client.ListReferralsAsync(new(), options), stop)
            .ConfigureAwait(false);
        if (!listed.TryGet(out var list, out _))
        {
            return null;
        }

        foreach (var referral in list.Referrals.Where(referral => referral.Peer == receiver))
        {
            var request = new ShowReferralRequest { ReferralId = referral.ReferralId };
            var shown = await AskAsync((client, options) => client.ShowReferralAsync(request, options), stop)
                .ConfigureAwait(false);
            if (shown.TryGet(out var answer, out _)
                && answer.Packets.FirstOrDefault(packet => packet.Receipt?.Outcome == "STORED") is { } packet)
            {
                return packet.PacketId;
            }
        }

        return null;
    }

    private async Task<Result<ProvePacketResponse>> ProveAsync(string packet, CancellationToken stop)
    {
        var start = world.Clock.GetTimestamp();
        var request = new ProvePacketRequest { PacketId = packet };
        while (true)
        {
            var proven = await AskAsync((client, options) => client.ProvePacketAsync(request, options), stop)
                .ConfigureAwait(false);
            if (proven.TryGet(out _, out var refusal)
                || refusal.Code != RefusalCode.ReceiptNotFinal
                || world.Clock.GetElapsedTime(start) > FinalMax)
            {
                return proven;
            }

            await Task.Delay(Pause, world.Clock, stop).ConfigureAwait(false);
        }
    }

    private Task<Result<T>> AskAsync<T>(
        Func<DeskService.DeskServiceClient, Grpc.Core.CallOptions, Grpc.Core.AsyncUnaryCall<T>> call,
        CancellationToken stop)
        where T : notnull => world.Node(Sender).Desk(DemoNode.Worker).CallAsync(call, stop);

    private static string EntryText(ulong index) =>
        string.Create(CultureInfo.InvariantCulture, $"entry {index} of shelter A");

    private static string Text(JsonObject said, string name) => said[name]?.ToString() ?? "";
}
