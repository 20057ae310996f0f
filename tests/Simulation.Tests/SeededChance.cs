using System.Security.Cryptography;

namespace CbssReturn.Simulation.Tests;

/// <summary>Chance that is the same for the same seed on every machine.</summary>
internal sealed class SeededChance(int seed)
{
    private readonly byte[] _block = new byte[sizeof(int) + sizeof(long)];
    private byte[] _drawn = [];
    private int _used;
    private long _blocks;

    /// <summary>Draws a number from 0 to below another.</summary>
    public int Below(int limit) => (int)(Next() % (uint)limit);

    /// <summary>Draws a number of a range, both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>Says yes so many times out of a thousand.</summary>
    public bool Happens(int perMille) => Below(1000) < perMille;

    /// <summary>Draws bytes.</summary>
    public byte[] Bytes(int count) => SHA256.HashData(BitConverter.GetBytes(((long)Next() << 32) | Next()))[..count];

    private uint Next()
    {
        if (_used == _drawn.Length)
        {
            BitConverter.TryWriteBytes(_block, seed);
            BitConverter.TryWriteBytes(_block.AsSpan(sizeof(int)), _blocks++);
            (_drawn, _used) = (SHA256.HashData(_block), 0);
        }

        _used += sizeof(uint);
        return BitConverter.ToUInt32(_drawn, _used - sizeof(uint));
    }
}
