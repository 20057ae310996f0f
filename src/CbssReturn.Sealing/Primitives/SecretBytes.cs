using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>Long-lived key material: fixed in memory, so that the collector leaves no copies, and zeroed at the
/// end.</summary>
/// <remarks>The caller must never keep a copy longer than a call, and never write the bytes anywhere but
/// sealed.</remarks>
internal sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private volatile bool _isDisposed;

    /// <summary>Makes room for a secret, all zero.</summary>
    public SecretBytes(int sizeBytes) => _bytes = GC.AllocateArray<byte>(sizeBytes, pinned: true);

    /// <summary>Takes a copy; the caller zeroes its own.</summary>
    public SecretBytes(ReadOnlySpan<byte> source)
        : this(source.Length) => source.CopyTo(_bytes);

    /// <summary>The secret.</summary>
    /// <exception cref="ObjectDisposedException">It is gone.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _bytes;
        }
    }

    /// <summary>Draws a secret from the operating system's random generator.</summary>
    public static SecretBytes NewRandom(int sizeBytes)
    {
        var secret = new SecretBytes(sizeBytes);
        RandomNumberGenerator.Fill(secret.Span);
        return secret;
    }

    /// <summary>Copies the secret whole, or not at all.</summary>
    /// <remarks>Another thread may dispose meanwhile, and half a zeroed key is a key that is not ours.</remarks>
    /// <exception cref="ObjectDisposedException">It is gone.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Span.CopyTo(destination);
        Interlocked.MemoryBarrier();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.MemoryBarrier();
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
