using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Keys;

/// <summary>One of this node's own envelope keys, ready to open with. May be used from many threads while another one
/// destroys it: whoever is opening finishes first, and nobody opens with a key that is half gone.</summary>
public sealed class OwnEpochKey : IDisposable
{
    private readonly ReaderWriterLockSlim _inUse = new();
    private readonly KemPrivateKey _key;
    private bool _isGone;

    /// <summary>Takes a key over.</summary>
    /// <param name="day">Its day, in days since 1970-01-01 UTC.</param>
    /// <param name="key">The private key; owned by this object from now on.</param>
    public OwnEpochKey(uint day, KemPrivateKey key) => (Day, _key) = (day, key);

    /// <summary>The key's day, in days since 1970-01-01 UTC.</summary>
    public uint Day { get; }

    /// <summary>Opens an envelope, as <see cref="EnvelopeOpener.Open"/>.</summary>
    /// <returns>The plaintext, which the caller disposes; or a refusal, with <see cref="RefusalCode.RecipientKeyGone"/>
    /// when the key was destroyed meanwhile.</returns>
    public Result<OpenedEnvelope> Open(Envelope envelope)
    {
        _inUse.EnterReadLock();
        try
        {
            return _isGone
                ? new Refusal(RefusalCode.RecipientKeyGone, "The envelope is sealed to a key that is gone.")
                : EnvelopeOpener.Open(envelope, _key);
        }
        finally
        {
            _inUse.ExitReadLock();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _inUse.EnterWriteLock();
        try
        {
            // The lock itself stays: somebody may still hold this object, and is told that the key is gone.
            _isGone = true;
            _key.Dispose();
        }
        finally
        {
            _inUse.ExitWriteLock();
        }
    }
}
