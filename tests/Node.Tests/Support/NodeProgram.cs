using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace CbssReturn.Node.Tests.Support;

/// <summary>The program <c>cbss-node</c> in a process of its own.</summary>
internal sealed class NodeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        program._process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        var output = program._process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = program._process.StandardError.ReadToEndAsync(patience.Token);
        await program._process.WaitForExitAsync(patience.Token);
        return (program._process.ExitCode, await output, await error);
    }

    /// <summary>Starts a verb; its standard input stays open.</summary>
    public static NodeProgram Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cbss-node.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new NodeProgram(Process.Start(start)!);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits for the line that says that the node serves.</summary>
    public async Task<JsonElement> WaitUntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        if (line is null)
        {
            Assert.Fail(await _process.StandardError.ReadToEndAsync(patience.Token));
        }

        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Waits for a line of the log.</summary>
    public async Task WaitForLogAsync(int eventId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await _process.StandardError.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"The log ended without a line {eventId}.");
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("EventId").GetInt32() == eventId)
            {
                return;
            }
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);

        // Read to the end, so that a full pipe does not keep the process from ending.
        await Task.WhenAll(
            _process.StandardOutput.ReadToEndAsync(patience.Token),
            _process.StandardError.ReadToEndAsync(patience.Token));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
