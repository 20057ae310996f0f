using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;

namespace CbssReturn.Auditor.State;

/// <summary>A folder into which an operator puts final receipts (<c>.cbss-receipt</c>); null for none.</summary>
internal sealed class ReceiptFolder(string? folder) : IReceiptShelf
{
    private const string Pattern = "*.cbss-receipt";

    // In the order of their names; who has more puts away those that were compared.
    private const int ReceiptsMax = 1024;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> List()
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return [];
        }

        List<(string Name, ReadOnlyMemory<byte> Bytes)> receipts = [];
        foreach (var file in Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal).Take(ReceiptsMax))
        {
            if (SmallFile.Read(file, ReceiptProof.SizeBytesMax).TryGet(out var bytes, out _))
            {
                receipts.Add((Path.GetFileName(file), bytes));
            }
        }

        return receipts;
    }
}
