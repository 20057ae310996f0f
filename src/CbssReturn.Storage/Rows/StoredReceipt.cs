namespace CbssReturn.Storage.Rows;

/// <summary>A signed receipt as it is repeated, byte for byte (docs/spec/referral-packet.md, section 9).</summary>
/// <param name="Record">The canonical record, <see cref="RecordSizeBytes"/> bytes.</param>
/// <param name="Signature">Its signature, <see cref="SignatureSizeBytes"/> bytes.</param>
public sealed record StoredReceipt(ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Size of the record, in bytes.</summary>
    public const int RecordSizeBytes = 89;

    /// <summary>Size of the signature, in bytes.</summary>
    public const int SignatureSizeBytes = 64;
}
