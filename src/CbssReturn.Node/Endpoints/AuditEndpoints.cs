namespace CbssReturn.Node.Endpoints;

/// <summary>The three services about audit logs that other nodes may call.</summary>
/// <param name="Log">Serving and mirroring.</param>
/// <param name="Witness">Cosigning.</param>
/// <param name="Reconciliation">Comparing.</param>
internal sealed record AuditEndpoints(
    AuditLogEndpoint Log, WitnessEndpoint Witness, ReconciliationEndpoint Reconciliation)
{
    /// <summary>Makes them.</summary>
    /// <param name="gate">What every call passes.</param>
    /// <param name="ports">The use cases.</param>
    /// <param name="log">The log.</param>
    public static AuditEndpoints Create(PeerGate gate, AuditLogPorts ports, ILogger log) => new(
        new AuditLogEndpoint(gate, ports),
        new WitnessEndpoint(gate, ports.Witness, log),
        new ReconciliationEndpoint(gate, ports.Tags));
}
