using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk;

/// <summary>What every use case of one node works with. Made once by the host; nothing here is ever replaced.</summary>
/// <param name="Self">This node's id.</param>
/// <param name="Keys">The unlocked keystore; owned by the host.</param>
/// <param name="Store">The node's rows; owned by the host.</param>
/// <param name="Audit">The node's audit log, and what it keeps of others; owned by the host.</param>
/// <param name="Directory">The directory in force.</param>
/// <param name="Time">The clock.</param>
/// <param name="LogOrigin">Name of the node's audit log.</param>
public sealed record NodeContext(
    NodeId Self,
    KeyRing Keys,
    INodeStore Store,
    IAuditStore Audit,
    CurrentDirectory Directory,
    TimeProvider Time,
    string LogOrigin)
{
    /// <summary>The moment, UTC, in whole seconds: what is signed and compared across nodes has no fractions.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Time.GetUtcNow().ToUnixTimeSeconds());
}
