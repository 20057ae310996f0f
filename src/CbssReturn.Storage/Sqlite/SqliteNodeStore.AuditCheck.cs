namespace CbssReturn.Storage.Sqlite;

/// <content>The check of everything that is kept of logs.</content>
public sealed partial class SqliteNodeStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<AuditDamage>> CheckAsync(AuditCheckMeans means, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(means);
        var findings = new AuditFindings();
        await new OwnLogCheck(this, _readers, means, findings).RunAsync(ct);
        await new PeerLogCheck(this, _readers, means, findings).RunAsync(ct);
        return findings.List;
    }
}
