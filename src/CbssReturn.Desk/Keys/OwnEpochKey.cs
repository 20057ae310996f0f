using CbssReturn.Sealing;

namespace CbssReturn.Desk.Keys;

/// <summary>One of this node's own envelope keys, ready to open with.</summary>
/// <param name="Day">Its day, in days since 1970-01-01 UTC.</param>
/// <param name="Key">The private key; owned by this object.</param>
public sealed record OwnEpochKey(uint Day, KemPrivateKey Key) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Key.Dispose();
}
