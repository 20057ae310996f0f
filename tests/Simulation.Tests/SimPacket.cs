using CbssReturn.Sealing;

namespace CbssReturn.Simulation.Tests;

/// <summary>A packet on its way, as its sender keeps it.</summary>
internal sealed class SimPacket
{
    public required SimNode Sender { get; init; }

    public required SimNode Receiver { get; init; }

    public required Digest Tag { get; init; }

    public required byte[] Handle { get; init; }

    /// <summary>What the receiver's log says of it when it refuses it.</summary>
    public required Digest RefusedTag { get; init; }

    /// <summary>Whether the receiver refuses it.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether its sender knows what became of it.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether the sender holds the final receipt.</summary>
    public bool IsFinal { get; set; }
}
