using System.CommandLine;
using System.Runtime.InteropServices;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Hosting;

namespace CbssReturn.Node.Verbs;

/// <summary><c>cbss-node run</c>: runs a node until a signal comes, or until its standard input closes.</summary>
internal static class RunVerb
{
    private const string NotDone = "The node did not start.";

    // As a shell reports the end by SIGINT.
    private const int ExitAtOnce = 130;

    /// <summary>Makes the command.</summary>
    public static Command Make(VerbConsole console, TimeProvider time)
    {
        var config = VerbOptions.File("--config", "The node's configuration, node.json.");
        var withInput = new Option<bool>("--exit-with-stdin")
        {
            Description = "Stops when standard input closes, for a node that another program started.",
        };
        var unasked = new Option<bool>("--sign-unasked")
        {
            Description = "Signs the audit log although no witness or auditor could be asked whether this node was "
                + "restored from an old copy, or although one says so. Only for who knows that it was not: two "
                + "different signatures for one size stand against the node for ever.",
        };
        var command = new Command(
            "run", "Runs the node. Prints one line of JSON when it serves, logs to standard error.")
        {
            config, withInput, unasked,
        };
        command.SetAction((parsed, _) => RunAsync(
            console,
            parsed.GetRequiredValue(config),
            parsed.GetValue(withInput),
            parsed.GetValue(unasked),
            time));
        return command;
    }

    private static async Task<int> RunAsync(
        VerbConsole console, string path, bool withInput, bool signsUnasked, TimeProvider time)
    {
        if (!NodeConfigurationLoader.Load(path).TryGet(out var configuration, out var refusal))
        {
            return console.Refuse(refusal, NotDone);
        }

        var stop = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        if (withInput)
        {
            WatchInput(stop);
        }

        using var logging = NodeLogging.Create(configuration.Options.Log);
        var started = await NodeProcess.StartAsync(
            configuration, time, logging, CancellationToken.None, signsUnasked);
        if (!started.TryGet(out var node, out refusal))
        {
            return console.Refuse(refusal, NotDone);
        }

        await using (node)
        {
            console.SayJson(new ReadyLine(
                true,
                configuration.NodeId.ToString(),
                node.Endpoint.ToString(),
                configuration.DeskSocketPath,
                Environment.ProcessId));
            await node.StopAsync(await stop.Task);
        }

        return VerbConsole.ExitDone;
    }

    private static void Stop(PosixSignalContext signal, TaskCompletionSource<string> stop)
    {
        signal.Cancel = true;
        if (!stop.TrySetResult(signal.Signal.ToString()))
        {
            Environment.Exit(ExitAtOnce);
        }
    }

    private static void WatchInput(TaskCompletionSource<string> stop)
    {
        // A thread of its own: a read from a terminal or pipe cannot be cancelled, and must not keep the process alive.
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var ignored = new byte[256];
            while (input.Read(ignored) > 0)
            {
            }

            stop.TrySetResult("standard input closed");
        });
        watch.IsBackground = true;
        watch.Start();
    }

    private sealed record ReadyLine(bool Ready, string NodeId, string Endpoint, string Desk, int Pid);
}
