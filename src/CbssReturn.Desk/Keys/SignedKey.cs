namespace CbssReturn.Desk.Keys;

/// <summary>A signed daily envelope key as it travels (cbss/returns/exchange/v1/epoch_key.proto).</summary>
/// <param name="Record">Canonical record, 1,252 bytes.</param>
/// <param name="Signature">Signature by the node's identity key, 64 bytes.</param>
public readonly record struct SignedKey(ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Signature);
