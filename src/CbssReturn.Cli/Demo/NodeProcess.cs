using System.Diagnostics;
using System.Text.RegularExpressions;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>One running node: a child process that ends when its standard input closes, so that none is left behind
/// however this program ends.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private const int CodeCountMax = 8;
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly TimeProvider _clock;
    private readonly Task _log;
    private readonly Queue<string> _codes = [];

    private NodeProcess(ProcessStartInfo start, string logPath, TimeProvider clock)
    {
        _clock = clock;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The node program was not started.");
        _log = KeepLogAsync(logPath);
    }

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The codes that the node wrote to its log last; nothing else of a log is ever shown.</summary>
    public string LastCodes
    {
        get
        {
            lock (_codes)
            {
                return string.Join(' ', _codes);
            }
        }
    }

    /// <summary>Starts a node and waits until it says that it is ready.</summary>
    /// <param name="program">The node program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="logPath">Where its log goes.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Ends the wait early.</param>
    /// <returns>The process, or a refusal with <see cref="RefusalCode.NodeNotReady"/>.</returns>
    public static async Task<Result<NodeProcess>> StartAsync(
        SisterProgram program,
        IEnumerable<string> arguments,
        string logPath,
        TimeProvider clock,
        CancellationToken stop)
    {
        var start = program.StartInfo(arguments).WithShortLife();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var node = new NodeProcess(start, logPath, clock);
        var isReady = false;
        using var deadline = new CancellationTokenSource(StartTimeMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            isReady = await node._process.StandardOutput.ReadLineAsync(either.Token).ConfigureAwait(false) is not null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Neither a line nor an end in time; told below.
            isReady = false;
        }
        finally
        {
            if (!isReady)
            {
                await node.DisposeAsync().ConfigureAwait(false);
            }
        }

        return isReady
            ? node
            : new Refusal(RefusalCode.NodeNotReady, $"The node did not become ready. Its log says: {node.LastCodes}");
    }

    /// <summary>Stops the node, and kills it when it does not stop in time.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(StopTimeMax, _clock);
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (late is OperationCanceledException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

#pragma warning disable VSTHRD003 // Started by the constructor; nothing here has a thread to block.
        await _log.ConfigureAwait(false);
#pragma warning restore VSTHRD003
        _process.Dispose();
    }

    private async Task KeepLogAsync(string path)
    {
        var log = new StreamWriter(path, append: true) { AutoFlush = true };
        await using (log.ConfigureAwait(false))
        {
            while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                await log.WriteLineAsync(line).ConfigureAwait(false);
                foreach (var code in Code().Matches(line).Select(match => match.Value))
                {
                    Remember(code);
                }
            }
        }
    }

    private void Remember(string code)
    {
        lock (_codes)
        {
            _codes.Enqueue(code);
            if (_codes.Count > CodeCountMax)
            {
                _codes.Dequeue();
            }
        }
    }

    [GeneratedRegex(@"\bCB-[0-9]{4}\b")]
    private static partial Regex Code();
}
