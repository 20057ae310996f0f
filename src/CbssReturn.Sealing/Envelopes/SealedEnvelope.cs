namespace CbssReturn.Sealing;

/// <summary>What sealing gives: the bytes to send and the secrets to keep.</summary>
/// <remarks>Disposing zeroes the secrets; the wire bytes are no secret.</remarks>
public sealed class SealedEnvelope : IDisposable
{
    /// <summary>Size of a transfer tag, in bytes.</summary>
    public const int TransferTagSizeBytes = 32;

    internal SealedEnvelope(byte[] wire, PacketId id, Digest hash, byte[] transferTag, PartSecrets secrets) =>
        (Wire, Id, Hash, TransferTag, Secrets) = (wire, id, hash, transferTag, secrets);

    /// <summary>The envelope as it travels.</summary>
    public byte[] Wire { get; }

    /// <summary>Names the packet.</summary>
    public PacketId Id { get; }

    /// <summary>The envelope's hash: D("head", head).</summary>
    public Digest Hash { get; }

    /// <summary>32 bytes that only the two ends know, for their audit logs.</summary>
    public byte[] TransferTag { get; }

    /// <summary>The secrets of the parts; disposed together with this.</summary>
    public PartSecrets Secrets { get; }

    /// <inheritdoc/>
    public void Dispose() => Secrets.Dispose();
}
