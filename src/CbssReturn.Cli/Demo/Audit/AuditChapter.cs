using System.Globalization;
using System.Text.Json.Nodes;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>What the focal point does with the five logs: verifies each, and finds what a lying node would
/// do.</summary>
/// <param name="world">The running nodes.</param>
/// <param name="folder">The demo's folder.</param>
/// <param name="auditor">The auditor's program.</param>
/// <param name="story">Where each step is told.</param>
internal sealed class AuditChapter(DemoWorld world, DemoFolder folder, AuditorTool auditor, DemoStory story)
{
    private const string Sender = "sender";
    private const string Receiver = "shelter_a";

    private static readonly TimeSpan SettleMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Plays it.</summary>
    /// <returns>The code of the first step that failed; null when all held.</returns>
    public async Task<RefusalCode?> PlayAsync(CancellationToken stop)
    {
        story.Begin(
            "The five audit logs, seen by somebody who trusts none of them",
            "Each node has written what it did into a log that it cannot change afterwards. The focal point checks.");
        if (await VerifyAllAsync(stop).ConfigureAwait(false)
            && await new ReceiptProved(world, folder, auditor, story).PlayAsync(stop).ConfigureAwait(false)
            && await FindOmissionAsync(stop).ConfigureAwait(false)
            && await FindChangeAsync(stop).ConfigureAwait(false))
        {
            return null;
        }

        return RefusalCode.RootWrong;
    }

    private async Task<bool> VerifyAllAsync(CancellationToken stop)
    {
        foreach (var node in world.Nodes)
        {
            var (exitCode, said) = await UntilAsync(node, IsOk, stop).ConfigureAwait(false);
            var isOk = exitCode == ExitCode.Ok;
            var detail = isOk ? Sizes(said) : Failure(said);
            var step = $"The log of the node '{node.Role.Title}' is right, entry by entry.";
            story.Tell(step, "focal_point", isOk, detail);
            if (!isOk)
            {
                return false;
            }
        }

        return true;
    }

    private Task<(int ExitCode, JsonObject Said)> UntilAsync(
        DemoNode node, Func<int, JsonObject, bool> isAwaited, CancellationToken stop) =>
        UntilAsync(() => VerifyAsync(node.Files.ExportPath, node.Files.ExportKeysPath, stop), isAwaited, stop);

    // A log is published every few seconds; the first checkpoint may not be there yet, and each waits for its witness.
    private async Task<(int ExitCode, JsonObject Said)> UntilAsync(
        Func<Task<(int ExitCode, JsonObject Said)>> ask,
        Func<int, JsonObject, bool> isAwaited,
        CancellationToken stop)
    {
        var start = world.Clock.GetTimestamp();
        while (true)
        {
            var result = await ask().ConfigureAwait(false);
            if (isAwaited(result.ExitCode, result.Said) || world.Clock.GetElapsedTime(start) > SettleMax)
            {
                return result;
            }

            await Task.Delay(Pause, world.Clock, stop).ConfigureAwait(false);
        }
    }

    // The node is off when it happens, as a stolen laptop is; what it exported goes, so that it writes it anew.
    private async Task<bool> FindChangeAsync(CancellationToken stop)
    {
        var node = world.Node(Receiver);
        var files = node.Files;
        var read = await ExportedLog.ReadAsync(files.ExportPath, stop).ConfigureAwait(false);
        if (!read.TryGet(out var log, out var refusal))
        {
            story.Tell("The exported log could not be read.", Receiver, false, refusal.CodeText);
            return false;
        }

        var index = Tampering.FirstReceived(log);
        var entry = log.Entries[index].ToArray();
        var changed = StoredEntry.WithOneBitChanged(entry);
        const string Changed = "While shelter A's node is off, one byte of one entry in its database is changed.";
        const string PutBack = "The byte is put back in the same way.";
        if (!await OverwriteAsync(node, entry, changed, Changed, stop).ConfigureAwait(false))
        {
            return false;
        }

        // Before the witness has signed, and before the export is whole again, something else is missing first.
        var (_, said) = await UntilAsync(node, (_, said) => IsRootWrong(said), stop).ConfigureAwait(false);
        var isFound = IsRootWrong(said) && Text(said, "index") == index.ToString(CultureInfo.InvariantCulture);
        story.Tell("The log is wrong, and the entry is named.", "focal_point", isFound, Failure(said));
        if (!await OverwriteAsync(node, changed, entry, PutBack, stop).ConfigureAwait(false))
        {
            return false;
        }

        (var exitCode, said) = await UntilAsync(node, IsOk, stop).ConfigureAwait(false);
        var isRight = exitCode == ExitCode.Ok;
        story.Tell("The log is right again.", "focal_point", isRight, isRight ? Sizes(said) : Failure(said));
        return isFound && isRight;
    }

    private async Task<bool> OverwriteAsync(
        DemoNode node, byte[] before, byte[] after, string step, CancellationToken stop)
    {
        var done = await node.RestartAsync(
            () =>
            {
                Directory.Delete(node.Files.ExportPath, recursive: true);
                return StoredEntry.Overwrite(node.Files.DatabasePath, before, after);
            },
            stop).ConfigureAwait(false);
        var isDone = done.TryGet(out _, out var refusal);
        story.Tell(step, Receiver, isDone, isDone ? node.Process : refusal!.CodeText);  // TryGet gives one of the two
        return isDone;
    }

    private async Task<bool> FindOmissionAsync(CancellationToken stop)
    {
        var (sender, receiver) = (world.Node(Sender).Files, world.Node(Receiver).Files);
        var (left, right) = (
            await ExportedLog.ReadAsync(sender.ExportPath, stop).ConfigureAwait(false),
            await ExportedLog.ReadAsync(receiver.ExportPath, stop).ConfigureAwait(false));
        if (!left.TryGet(out var sent, out var refusal) || !right.TryGet(out var received, out refusal))
        {
            story.Tell("The exported logs could not be read.", Sender, false, refusal.CodeText);
            return false;
        }

        if (Tampering.FindTransfer(sent, received) is not { } tag)
        {
            // A scenario of one's own need not send anything.
            story.Say("No packet went from the sender to shelter A, so none can be withheld.");
            return true;
        }

        var (copy, keys) = (folder.Combine("withheld", Sender), folder.Combine("withheld", $"{Sender}.vkeys"));
        await Tampering.Withhold(sent, tag).WriteAsync(copy, keys, stop).ConfigureAwait(false);
        var (alone, _) = await VerifyAsync(copy, keys, stop).ConfigureAwait(false);
        story.Tell(
            "A log from which one packet was left out from the start is right in itself.",
            "focal_point",
            alone == ExitCode.Ok,
            "");
        string[] compare =
        [
            "compare", copy, receiver.ExportPath, "--vkeys", keys, "--other-vkeys", receiver.ExportKeysPath,
            "--settled",
        ];
        var (exitCode, said) = await UntilAsync(
            () => auditor.RunAsync(compare, stop), (_, said) => IsUnsent(said), stop).ConfigureAwait(false);
        var isFound = exitCode == ExitCode.Of(RefusalCode.TagUnmatched) && IsUnsent(said);
        story.Tell(
            "Beside the log of shelter A it is not: the packet that was withheld is found.",
            "focal_point",
            isFound,
            isFound ? $"{Text(said, "kind")}, entry {Text(said, "index")} of shelter A" : Failure(said));
        return alone == ExitCode.Ok && isFound;
    }

    private Task<(int ExitCode, JsonObject Said)> VerifyAsync(string export, string keys, CancellationToken stop) =>
        auditor.RunAsync(["verify", export, "--vkeys", keys], stop);

    private static bool IsOk(int exitCode, JsonObject said) => exitCode == ExitCode.Ok;

    private static bool IsRootWrong(JsonObject said) =>
        Text(said, "code") == FormattableString.Invariant($"CB-{(int)RefusalCode.RootWrong}");

    private static bool IsUnsent(JsonObject said) => Text(said, "kind") == "RECEIVED_UNSENT";

    private static string Sizes(JsonObject said) =>
        $"{Text(said, "size")} entries, {Text(said, "cosigned_by.#")} of {Text(said, "witnesses")} witnesses";

    private static string Failure(JsonObject said) => Text(said, "code") is { Length: > 0 } code
        ? Text(said, "index") is { Length: > 0 } index ? $"{code}, entry {index}" : code
        : "";

    private static string Text(JsonObject said, string name) => name.EndsWith(".#", StringComparison.Ordinal)
        ? (said[name[..^2]] as JsonArray)?.Count.ToString(CultureInfo.InvariantCulture) ?? ""
        : said[name]?.ToString() ?? "";
}
