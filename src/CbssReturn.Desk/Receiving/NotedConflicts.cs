using CbssReturn.Sealing;

namespace CbssReturn.Desk.Receiving;

/// <summary>Packet ids whose conflict stands in the log already: who sends other envelopes under one id again and again
/// is answered each time and noted once, or he could make the log grow as he likes. Each id costs him a packet that was
/// taken in. In memory only: after a start it is noted once more. Safe to use from every thread.</summary>
internal sealed class NotedConflicts
{
    /// <summary>Most ids that are remembered, the newest.</summary>
    public const int IdsMax = 65_536;

    private readonly Lock _lock = new();
    private readonly HashSet<(KeyId Sender, PacketId Packet)> _noted = [];  // under _lock
    private readonly Queue<(KeyId Sender, PacketId Packet)> _order = new();  // under _lock

    /// <summary>Says whether a conflict is to be noted.</summary>
    public bool IsNew(KeyId sender, PacketId packet)
    {
        lock (_lock)
        {
            return !_noted.Contains((sender, packet));
        }
    }

    /// <summary>Remembers that a conflict was noted.</summary>
    public void Add(KeyId sender, PacketId packet)
    {
        lock (_lock)
        {
            if (!_noted.Add((sender, packet)))
            {
                return;
            }

            _order.Enqueue((sender, packet));
            if (_order.Count > IdsMax)
            {
                _noted.Remove(_order.Dequeue());
            }
        }
    }
}
