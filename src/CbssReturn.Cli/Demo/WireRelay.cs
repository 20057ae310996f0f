using System.Net;
using System.Net.Sockets;

namespace CbssReturn.Cli.Demo;

/// <summary>Stands before a node's port and keeps every byte that crosses, both ways, in files.</summary>
internal sealed class WireRelay : IAsyncDisposable
{
    private const int BufferSizeBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder;
    private readonly string _name;
    private readonly int _targetPort;
    private readonly Task _accepting;

    /// <summary>Starts to listen.</summary>
    /// <param name="folder">Where the bytes go.</param>
    /// <param name="name">Begins the names of the files.</param>
    /// <param name="targetPort">The node's own port on loopback.</param>
    public WireRelay(string folder, string name, int targetPort)
    {
        (_folder, _name, _targetPort) = (folder, name, targetPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on which others reach the node.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
#pragma warning disable VSTHRD003 // Started by the constructor; nothing here has a thread to block.
        await _accepting.ConfigureAwait(false);
#pragma warning restore VSTHRD003
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                connections.Add(RelayAsync(caller, connections.Count));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections).ConfigureAwait(false);
        }
    }

    private async Task RelayAsync(TcpClient caller, int number)
    {
        using (caller)
        {
            using var node = new TcpClient();
            try
            {
                await node.ConnectAsync(IPAddress.Loopback, _targetPort, _stop.Token).ConfigureAwait(false);
                await Task.WhenAll(
                    CopyAsync(caller, node, $"{_name}-{number:D4}-to.bin"),
                    CopyAsync(node, caller, $"{_name}-{number:D4}-from.bin")).ConfigureAwait(false);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
            {
                // Either side hung up, or the demo ends: what crossed is in the files.
                return;
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, string fileName)
    {
#pragma warning disable IDISP001 // Each belongs to its client, which the caller disposes.
        var source = from.GetStream();
        var target = to.GetStream();
#pragma warning restore IDISP001
        var record = new FileStream(Path.Combine(_folder, fileName), FileMode.CreateNew, FileAccess.Write);
        await using (record.ConfigureAwait(false))
        {
            var buffer = new byte[BufferSizeBytes];
            while (await source.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is > 0 and var size)
            {
                await record.WriteAsync(buffer.AsMemory(0, size), _stop.Token).ConfigureAwait(false);
                await target.WriteAsync(buffer.AsMemory(0, size), _stop.Token).ConfigureAwait(false);
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
    }
}
