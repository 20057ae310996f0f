using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>How this node sends.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>How often the outbox is looked at when no signal comes, in milliseconds. Default 2,000.</summary>
    [Range(1_000, 5_000)]
    public int PollMs { get; init; } = 2_000;

    /// <summary>Time for a connection to a peer, handshake included, in milliseconds. Default 10,000.</summary>
    [Range(100, 60_000)]
    public int ConnectMs { get; init; } = 10_000;

    /// <summary>How long an open stream without packets is kept, in milliseconds. Default 60,000.</summary>
    [Range(1_000, 3_600_000)]
    public int IdleStreamMs { get; init; } = 60_000;

    /// <summary>How long a stop waits for answers that are on their way, in milliseconds. Default 10,000.</summary>
    [Range(0, 120_000)]
    public int DrainMs { get; init; } = 10_000;
}
