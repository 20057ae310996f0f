using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Directory;

/// <summary>An identity key in the directory.</summary>
/// <param name="Key">The public key.</param>
/// <param name="State">What may be taken from it.</param>
/// <param name="Since">With Retired, the last moment of creation that is accepted; with Revoked, since when it may have
/// been in other hands; null with Active.</param>
public sealed record DirectoryKey(VerifyingKey Key, DirectoryKeyState State, DateTimeOffset? Since)
{
    /// <summary>Names the key.</summary>
    public KeyId Kid => Key.Kid;
}
