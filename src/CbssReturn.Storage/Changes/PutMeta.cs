namespace CbssReturn.Storage.Changes;

/// <summary>Keeps a value of the node's own, or replaces it. House-keeping; never a conflict.</summary>
/// <param name="Key">1 to <see cref="KeyLengthMax"/> characters of a-z, 0-9, hyphen and full stop.</param>
/// <param name="Value">At most <see cref="ValueSizeBytesMax"/> bytes; nothing personal and no key, unless
/// sealed.</param>
public sealed record PutMeta(string Key, ReadOnlyMemory<byte> Value) : StoreChange
{
    /// <summary>Longest key, in characters.</summary>
    public const int KeyLengthMax = 64;

    /// <summary>Largest value, in bytes.</summary>
    public const int ValueSizeBytesMax = 65536;
}
