using System.Buffers.Binary;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>One row of the audit intake with its opened detail.</summary>
internal sealed record AuditEntry(AuditIntakeRow Row, AuditDetailKind Kind, Wire.AuditDetail Detail, byte[] DetailBytes)
{
    private const int PrefixSizeBytes = 17;
    private const int NonceSizeBytes = 32;

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
        Assert.Equal(row.DetailDigest.Value, Digest.Of(bytes));
        Assert.True(bytes.AsSpan().StartsWith("cbss/addendum/v1\n"u8));
        var rest = bytes.AsSpan(PrefixSizeBytes + NonceSizeBytes);
        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        var detail = Wire.AuditDetail.Parser.ParseFrom(rest.Slice(8, size));
        return new AuditEntry(row, (AuditDetailKind)BinaryPrimitives.ReadUInt32BigEndian(rest), detail, bytes);
    }
}
