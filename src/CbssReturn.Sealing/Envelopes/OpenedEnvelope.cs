using System.Security.Cryptography;

namespace CbssReturn.Sealing;

/// <summary>An opened envelope: plaintext in memory, zeroed when disposed.</summary>
/// <remarks>Nothing of <see cref="Parts"/> may be kept beyond disposal (docs/spec/referral-packet.md, section
/// 11).</remarks>
public sealed class OpenedEnvelope : IDisposable
{
    private readonly byte[] _plaintext;

    internal OpenedEnvelope(
        byte[] plaintext, ReadOnlyMemory<byte>[] parts, byte[] transferTag, PartSecrets secrets) =>
        (_plaintext, Parts, TransferTag, Secrets) = (plaintext, parts, transferTag, secrets);

    /// <summary>The data of every part in order, without padding; dummies are empty.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts { get; }

    /// <summary>32 bytes that only the two ends know, for their audit logs.</summary>
    public byte[] TransferTag { get; }

    /// <summary>The secrets of the parts; disposed together with this.</summary>
    public PartSecrets Secrets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_plaintext);
        Secrets.Dispose();
    }
}
