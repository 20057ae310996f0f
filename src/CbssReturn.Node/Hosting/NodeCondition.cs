using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Peers;
using CbssReturn.Node.Tls;
using CbssReturn.Node.Workers;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Hosting;

/// <summary>What the desk can tell about the running node.</summary>
/// <param name="Self">This node's id.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Directory">The directory in force.</param>
/// <param name="Certificate">The TLS certificate in use.</param>
/// <param name="Readiness">What stands in the way of sending.</param>
/// <param name="Board">How the last contact with each peer went.</param>
/// <param name="Audit">How the audit log stands with the world outside.</param>
internal sealed record NodeCondition(
    NodeId Self,
    string Country,
    CurrentDirectory Directory,
    OwnCertificate Certificate,
    NodeReadiness Readiness,
    PeerBoard Board,
    AuditBoard Audit);
