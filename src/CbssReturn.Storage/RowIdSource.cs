using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CbssReturn.Storage;

/// <summary>Draws the ids of one clock in rising order (RFC 9562, section 6.2, monotonic random).</summary>
internal sealed class RowIdSource
{
    private const int CounterBits = 74;
    private const int LowBits = 62;
    private const ulong LowMask = (1UL << LowBits) - 1;

    private readonly Lock _lock = new();
    private long _milliseconds = -1;  // guarded by _lock
    private UInt128 _counter;  // guarded by _lock; 74 bits, split around the version and variant of the id

    public RowId Next(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var fresh = BinaryPrimitives.ReadUInt128BigEndian(random);
        lock (_lock)
        {
            Advance(Math.Max(0, now.ToUnixTimeMilliseconds()), fresh);
            var high = ((UInt128)(ulong)_milliseconds << 80) | ((UInt128)7 << 76) | ((_counter >> LowBits) << 64);
            return new RowId(high | ((UInt128)2 << LowBits) | (_counter & LowMask));
        }
    }

    private void Advance(long milliseconds, UInt128 fresh)
    {
        if (milliseconds > _milliseconds)
        {
            // The top bit starts at zero, so that the counter has room to rise within the millisecond.
            (_milliseconds, _counter) = (milliseconds, fresh >> (128 - CounterBits + 1));
            return;
        }

        _counter += 1 + (fresh & uint.MaxValue);
        if (_counter >> CounterBits != 0)
        {
            (_milliseconds, _counter) = (_milliseconds + 1, fresh >> (128 - CounterBits + 1));
        }
    }
}
