using System.Net;
using System.Net.Sockets;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tls;

/// <summary>Counts connections whose peer is not judged yet, of all addresses together and of each: whoever cannot or
/// will not finish a handshake takes no room from those who have. Safe to use from every thread.</summary>
internal sealed class HandshakeSlots(int max, int perAddressMax, TimeProvider time, ILogger log)
{
    // One address of IPv6 is easily 2^64 of them; a site has that much of the front in common.
    private const int SitePrefixBytes = 8;

    // A flood of connections must not become a flood of lines.
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // All three are guarded by _lock.
    private readonly Dictionary<IPAddress, int> _counts = [];
    private int _count;
    private long? _toldAt;

    /// <summary>Takes a slot.</summary>
    /// <param name="remote">Where the connection comes from.</param>
    /// <returns>The slot; null when the connection must be closed.</returns>
    public Slot? TryTake(EndPoint? remote)
    {
        var address = SiteOf((remote as IPEndPoint)?.Address ?? IPAddress.None);
        bool isTold;
        lock (_lock)
        {
            var ofAddress = _counts.GetValueOrDefault(address);
            if (_count < max && ofAddress < perAddressMax)
            {
                _count++;
                _counts[address] = ofAddress + 1;
                return new Slot(this, address);
            }

            isTold = _toldAt is not { } before || time.GetElapsedTime(before) >= TellEvery;
            _toldAt = isTold ? time.GetTimestamp() : _toldAt;
        }

        if (isTold)
        {
            NodeLog.PeerRefused(log, RefusalCode.LimitReached);
        }

        return null;
    }

    private static IPAddress SiteOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SitePrefixBytes).Clear();
        return new IPAddress(bytes);
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _count--;
            if (--_counts[address] == 0)
            {
                _counts.Remove(address);
            }
        }
    }

    /// <summary>The slot of one connection.</summary>
    internal sealed class Slot(HandshakeSlots slots, IPAddress address)
    {
        private int _isLeft;

        /// <summary>Leaves; later calls do nothing.</summary>
        public void Leave()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                slots.Leave(address);
            }
        }
    }
}
