using System.Diagnostics.CodeAnalysis;
using CbssReturn.Auditor.Sources;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Nodes;

/// <summary>The ways to many nodes, one each, with one certificate.</summary>
internal sealed class NodeLines : IDisposable
{
    private readonly ClientCertificate? _own;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, NodeChannel> _channels = [];

    private NodeLines(ClientCertificate? own, TimeProvider time) => (_own, _time) = (own, time);

    /// <summary>Reads the certificate.</summary>
    /// <param name="identity">Certificate and key files; null when no node is called.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The ways, which the caller disposes, or the refusal of <see cref="ClientCertificate.Load"/>.</returns>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    public static Result<NodeLines> Open((string Certificate, string Key)? identity, TimeProvider time)
    {
        if (identity is not { } files)
        {
            return new NodeLines(null, time);
        }

        return ClientCertificate.Load(files.Certificate, files.Key)
            .Then<NodeLines>(own => new NodeLines(own, time));
    }

    /// <summary>A node that is asked.</summary>
    [SuppressMessage("IDisposableAnalyzers.Correctness", "IDISP004", Justification = "The ways are owned here.")]
    public NodeClient ClientOf(NodeAddress address) => new NodeClient(To(address));

    /// <summary>A log that is read from a node.</summary>
    /// <param name="address">The node.</param>
    /// <param name="origin">The log.</param>
    /// <param name="isReadInOrder">Whether it is read from left to right.</param>
    [SuppressMessage("IDisposableAnalyzers.Correctness", "IDISP004", Justification = "The ways are owned here.")]
    public ILogSource LogOf(NodeAddress address, string origin, bool isReadInOrder) =>
        new NodeLog(To(address), origin, isReadInOrder);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }

        _own?.Dispose();
    }

    private NodeChannel To(NodeAddress address)
    {
        var key = string.Join(' ', address.Pins.Select(pin => pin.ToString()).Prepend(address.ToString()));
        if (!_channels.TryGetValue(key, out var channel))
        {
            var own = _own ?? throw new InvalidOperationException("There is no certificate to call with.");
            channel = new NodeChannel(address, own.Context, _time);
            _channels.Add(key, channel);
        }

        return channel;
    }
}
