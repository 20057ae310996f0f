namespace CbssReturn.Auditor.Nodes;

/// <summary>The way to one node for a command that asks only this one, with the certificate that it shows.</summary>
internal sealed class NodeLine : IDisposable
{
    private readonly ClientCertificate _own;

    /// <summary>Prepares the way.</summary>
    /// <param name="address">Where.</param>
    /// <param name="own">The certificate to show; owned from here on.</param>
    /// <param name="time">The clock.</param>
    public NodeLine(NodeAddress address, ClientCertificate own, TimeProvider time) =>
        (_own, Channel) = (own, new NodeChannel(address, own.Context, time));

    /// <summary>The way.</summary>
    public NodeChannel Channel { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Channel.Dispose();
        _own.Dispose();
    }
}
