using System.Security.Cryptography;

namespace CbssReturn.Durability.Tests;

/// <summary>Whom to kill and when, the same for the same seed on every machine.</summary>
internal sealed class SeededMoments(int seed)
{
    private int _drawn;

    /// <summary>The victim, and the count at which it dies: 1 to <paramref name="packets"/> - 1.</summary>
    public (bool KillsSender, int K) Next(int packets)
    {
        var hash = SHA256.HashData(BitConverter.GetBytes(((long)seed << 32) | (uint)_drawn++));
        return ((hash[0] & 1) == 0, 1 + (int)(BitConverter.ToUInt32(hash, 4) % (uint)(packets - 1)));
    }
}
