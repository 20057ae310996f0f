using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Receipts;

/// <summary>The final receipt of a packet as a file, with what its reader needs to find the keys for it.</summary>
/// <param name="File">The file, docs/spec/receipt-proof.md.</param>
/// <param name="Place">Where the recipient's log holds the packet.</param>
/// <param name="Recipient">The recipient; null when the directory in force no longer names the key of the
/// receipt.</param>
/// <param name="RecipientKey">The key of the receipt; null as before.</param>
public sealed record ProvenPacket(
    byte[] File, FinalPlace Place, DirectoryNode? Recipient, VerifyingKey? RecipientKey);
