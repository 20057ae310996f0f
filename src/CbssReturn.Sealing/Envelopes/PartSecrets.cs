using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>The secrets of an envelope's parts, 32 bytes each: what is wrapped and stored so that a part can be read
/// again, and deleted so that it never can. Zeroed when disposed.</summary>
/// <remarks>See docs/spec/referral-packet.md, sections 4.3 and 11.</remarks>
public sealed class PartSecrets : IDisposable
{
    /// <summary>Size of one secret, in bytes.</summary>
    public const int SecretSizeBytes = CommittingKey.SecretSizeBytes;

    private readonly SecretBytes _secrets;
    private readonly bool[] _isErased;

    internal PartSecrets(int count)
    {
        _secrets = new SecretBytes(count * SecretSizeBytes);
        _isErased = new bool[count];
    }

    /// <summary>How many parts the envelope has, erased ones included.</summary>
    public int Count => _isErased.Length;

    /// <summary>The secret of a part.</summary>
    /// <param name="index">Place of the part, from 0.</param>
    /// <exception cref="InvalidOperationException">The secret is erased.</exception>
    /// <exception cref="ObjectDisposedException">The secrets are gone.</exception>
    public ReadOnlySpan<byte> this[int index] => !IsErased(index)
        ? _secrets.Span.Slice(index * SecretSizeBytes, SecretSizeBytes)
        : throw new InvalidOperationException("The part's secret is erased.");

    /// <summary>Takes stored secrets.</summary>
    /// <param name="secrets">1 to 32 of them: 32 bytes each, or none at all for an erased one.</param>
    /// <exception cref="ArgumentException">A number or a size is another.</exception>
    public static PartSecrets FromBytes(IReadOnlyList<ReadOnlyMemory<byte>> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Count is < 1 or > EnvelopeHead.PartCountMax
            || secrets.Any(secret => secret.Length is not (0 or SecretSizeBytes)))
        {
            throw new ArgumentException("Part secrets are 1 to 32 times 32 or no bytes.", nameof(secrets));
        }

        var result = new PartSecrets(secrets.Count);
        for (var i = 0; i < secrets.Count; i++)
        {
            result._isErased[i] = secrets[i].IsEmpty;
            secrets[i].Span.CopyTo(result._secrets.Span[(i * SecretSizeBytes)..]);
        }

        return result;
    }

    /// <summary>Says whether the secret of a part is erased.</summary>
    /// <param name="index">Place of the part, from 0.</param>
    public bool IsErased(int index) => _isErased[index];

    /// <inheritdoc/>
    public void Dispose() => _secrets.Dispose();

    /// <summary>Where the sealer and the opener write a secret.</summary>
    internal Span<byte> Slot(int index) => _secrets.Span.Slice(index * SecretSizeBytes, SecretSizeBytes);
}
