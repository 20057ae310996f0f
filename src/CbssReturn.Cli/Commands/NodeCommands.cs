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
    }

    private static IReadOnlyList<string> Row(PeerStatus peer) =>
        [peer.NodeId, peer.Country, peer.Kind, Show.Moment(peer.LastContactAt), Show.Text(peer.LastCode)];
}
