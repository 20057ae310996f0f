using CbssReturn.Desk.Receiving;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Endpoints;

/// <summary>Writes the precise reason of a refused packet to the local log, where the peer cannot see it.</summary>
internal sealed class NodeRefusalLog(ILogger log) : IRefusalLog
{
    /// <inheritdoc/>
    public void Refused(RefusalCode code, string? detail) => NodeLog.PacketRefused(log, code, detail);
}
