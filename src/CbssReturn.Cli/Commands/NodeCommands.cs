using System.CommandLine;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss node</c>: the node itself.</summary>
internal static class NodeCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("node", "Makes, runs and looks at a node.")
        {
            Init(globals), RunNode(globals), Status(globals),
        };

    private static CbssCommand Init(GlobalOptions globals) =>
        new CbssCommand(
            "init",
            "Makes a new node in an empty folder: keys, certificate, configuration, the first administrator's token."
                + " Takes the options of cbss-node init: --data DIR --country CC --kind KIND --endpoint HOST:PORT"
                + " [--listen ADDRESS] [--authority DIR] [--passphrase-file FILE] [--directory-root FILE]"
                + " [--directory FILE].",
            "cbss node init --data /srv/cbss --country FI --kind PROVIDER --endpoint node.example:7443")
            .IsDoneByNode(globals, "The node was not made.", ["init"], _ => []);

    private static CbssCommand RunNode(GlobalOptions globals) =>
        new CbssCommand(
            "run",
            "Runs a node until it is told to stop. Takes the options of cbss-node run, such as --exit-with-stdin.",
            "cbss node run --config /srv/cbss/node.json")
            .IsDoneByNode(
                globals,
                "The node was not started.",
                ["run"],
                session => session.ConfigPath is { } config ? ["--config", config] : []);

    private static CbssCommand Status(GlobalOptions globals)
    {
        var command = new CbssCommand(
            "status",
            "Tells how the node is, and which other nodes it knows.",
            "cbss node status --config /srv/cbss/node.json --token-file my.token");
        command.DoesAtDesk(globals, "The node's state was not read.", async (_, _, desk, stop) =>
            (await desk.CallAsync((client, options) => client.GetStatusAsync(new(), options), stop)
                .ConfigureAwait(false))
            .Then<Report>(status => Report.Of(status, [.. Lines(status)]) with
            {
                Essential = status.Ready ? "ready" : string.Join(' ', status.Problems),
                Grid = new Grid(
                    ["Node", "Country", "Kind", "Last contact", "Last code"],
                    [.. status.Peers.Select(Row)],
                    "The directory holds no other node."),
            }));
        return command;
    }

    private static IEnumerable<string> Lines(GetStatusResponse status)
    {
        yield return $"Node {status.NodeId} ({status.Country}), version {status.Version}: "
            + (status.Ready ? "ready" : "not ready")
            + (status.Problems.Count == 0 ? "." : $": {string.Join(", ", status.Problems)}.");
        yield return $"Directory version {status.DirectoryVersion}, until {Show.Moment(status.DirectoryExpiresAt)}. "
            + $"Envelope keys until {Show.Day(status.EpochKeysUntilDay)}. "
            + $"Certificate until {Show.Moment(status.TlsExpiresAt)}.";
        yield return $"{status.OutboxWaiting} waiting to leave, {status.Quarantined} in quarantine.";
        foreach (var line in status.AuditLog is { } log ? LogLines(log) : [])
        {
            yield return line;
        }
    }

    private static IEnumerable<string> LogLines(AuditLogStatus log)
    {
        yield return $"Audit log {log.Origin}: {log.Size} entries, {log.IntakeWaiting} waiting.";
        yield return CheckpointLine(log);
        if (StateLine(log.State) is { } stopped)
        {
            yield return stopped;
        }

        foreach (var auditor in log.Auditors)
        {
            yield return $"Auditor {auditor.NodeId} holds {auditor.EntriesHeld} entries, "
                + $"reached {Show.Moment(auditor.ReachedAt)}"
                + (auditor.LastCode.Length == 0 ? "." : $"; since then {auditor.LastCode}.");
        }

        foreach (var code in log.Problems)
        {
            yield return $"{code}: `cbss explain {code}` says what to do about the audit log.";
        }
    }

    private static string? StateLine(AuditLogState state) => state switch
    {
        AuditLogState.RolledBack =>
            "ROLLED_BACK: others have seen more of this log than the node knows, so it signs nothing. It fetches what "
            + "is missing from its auditor by itself: see that the auditor can be reached.",
        AuditLogState.Forked =>
            "FORKED: another log was signed with this node's key, so it signs nothing any more. Call the focal points; "
            + "then raise audit.generation in node.json and have the new directory entry signed.",
        AuditLogState.Waiting =>
            "WAITING: nothing is signed until enough witnesses or an auditor have answered. See that they can be "
            + "reached; who knows that this node was not restored starts it with --sign-unasked.",
        _ => null,
    };

    private static string CheckpointLine(AuditLogStatus log) => log.CheckpointSize == 0
        ? "No checkpoint yet."
        : $"Checkpoint over {log.CheckpointSize} at {Show.Moment(log.CheckpointAt)}, "
            + $"cosigned by {log.Cosigned} of {log.Witnesses} witnesses"
            + (log.UnwitnessedSince == 0
                ? "."
                : $"; without a quorum of {log.Quorum} since {Show.Moment(log.UnwitnessedSince)}.")
            + (log.CosignedBy.Count == 0 ? string.Empty : $" Cosigned by {string.Join(", ", log.CosignedBy)}.");

    private static IReadOnlyList<string> Row(PeerStatus peer) =>
        [peer.NodeId, peer.Country, peer.Kind, Show.Moment(peer.LastContactAt), Show.Text(peer.LastCode)];
}
