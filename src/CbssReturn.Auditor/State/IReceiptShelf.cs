namespace CbssReturn.Auditor.State;

/// <summary>Final receipts that senders have handed over, each to be held against the log that it is of.</summary>
internal interface IReceiptShelf
{
    /// <summary>Reads every receipt that is there and not put away.</summary>
    /// <returns>Name and bytes of each, unchecked.</returns>
    IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> List();
}
