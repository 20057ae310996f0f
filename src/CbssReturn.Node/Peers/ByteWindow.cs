using System.Diagnostics.CodeAnalysis;

namespace CbssReturn.Node.Peers;

/// <summary>Lets in so many envelopes, and so many bytes of them, at a time; who comes later waits, first come first
/// served. One that is larger than the window alone enters when the window is empty.</summary>
/// <param name="countMax">Most envelopes inside.</param>
/// <param name="bytesMax">Most bytes inside.</param>
internal sealed class ByteWindow(int countMax, long bytesMax)
{
    private readonly Lock _lock = new();

    // All three are guarded by _lock.
    private readonly Queue<Waiter> _waiting = new();
    private int _count;
    private long _bytes;

    /// <summary>Number of envelopes inside.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Enters when there is room and nobody waits. Every entry is followed by one
    /// <see cref="Leave"/>.</summary>
    /// <param name="bytes">Size of the envelope.</param>
    /// <returns>False when nothing was entered.</returns>
    public bool TryEnter(int bytes)
    {
        lock (_lock)
        {
            var isIn = _waiting.Count == 0 && HasRoomFor(bytes);
            if (isIn)
            {
                Admit(bytes);
            }

            return isIn;
        }
    }

    /// <summary>Enters, after a wait when there is no room. Every entry is followed by one
    /// <see cref="Leave"/>.</summary>
    /// <param name="bytes">Size of the envelope.</param>
    /// <param name="ct">Ends the wait; then nothing was entered.</param>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "A host has no synchronization context to deadlock on.")]
    public async ValueTask EnterAsync(int bytes, CancellationToken ct)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_waiting.Count == 0 && HasRoomFor(bytes))
            {
                Admit(bytes);
                return;
            }

            waiter = new Waiter(bytes);
            _waiting.Enqueue(waiter);
        }

        await using var registration = ct.UnsafeRegister(_ => GiveUp(waiter, ct), null);
        await waiter.Admitted.Task;
    }

    /// <summary>Leaves.</summary>
    /// <param name="bytes">The size that was entered with.</param>
    public void Leave(int bytes)
    {
        lock (_lock)
        {
            (_count, _bytes) = (_count - 1, _bytes - bytes);
            AdmitWaiting();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken ct)
    {
        lock (_lock)
        {
            // Either this cancels the waiter or it was admitted before; never both. It stays in the queue until its
            // turn.
            waiter.IsGone = waiter.Admitted.TrySetCanceled(ct);
            AdmitWaiting();
        }
    }

    private void AdmitWaiting()
    {
        while (_waiting.TryPeek(out var next) && (next.IsGone || HasRoomFor(next.Bytes)))
        {
            _waiting.Dequeue();
            if (!next.IsGone && next.Admitted.TrySetResult())
            {
                Admit(next.Bytes);
            }
        }
    }

    private bool HasRoomFor(int bytes) => _count == 0 || (_count < countMax && _bytes + bytes <= bytesMax);

    private void Admit(int bytes) => (_count, _bytes) = (_count + 1, _bytes + bytes);

    private sealed class Waiter(int bytes)
    {
        public int Bytes { get; } = bytes;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsGone { get; set; }
    }
}
