using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>One row of the audit intake with its opened detail.</summary>
internal sealed record AuditEntry(AuditIntakeRow Row, AuditDetail Detail, byte[] DetailBytes)
{
    public AuditDetailKind Kind => Detail.Kind;

    /// <summary>Reads the rows of a node, without those of its keys, which every start may add.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ReadAsync(TestNode node)
    {
        var rows = await node.Store.ReadAuditIntakeAsync(0, 1000, default);
        var entries = rows.Select(row => Open(node.Keys, row));
        return [.. entries.Where(entry => entry.Kind is not AuditDetailKind.KeysChanged)];
    }

    public static AuditEntry Open(KeyRing keys, AuditIntakeRow row)
    {
        var bytes = keys.Open("audit_detail", row.DetailDigest!.Value.ToArray(), row.Detail!).Value;
        return new AuditEntry(row, AuditDetail.Parse(bytes, row.DetailDigest.Value).Value, bytes);
    }
}
