using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>Where other nodes call this one.</summary>
internal sealed class ListenOptions
{
    /// <summary>Address of the interface, IPv4 or IPv6; <c>0.0.0.0</c> and <c>::</c> mean all. Default loopback, which
    /// is safe and reaches nobody.</summary>
    [Required]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one, which suits tests only. Default 7443.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 7443;

    /// <summary>Connections held at a time, finished handshake or not. Default 1,024.</summary>
    [Range(1, 65536)]
    public int ConnectionsMax { get; init; } = 1024;

    /// <summary>Connections at a time whose handshake is not finished, so that strangers leave room for members.
    /// Default 256.</summary>
    [Range(1, 65536)]
    public int HandshakesMax { get; init; } = 256;

    /// <summary>The part of those that one address may hold, or one /64 of IPv6. Default 8; more where many nodes call
    /// from behind one address.</summary>
    [Range(1, 65536)]
    public int HandshakesPerAddressMax { get; init; } = 8;

    /// <summary>Time for a TLS handshake, in milliseconds. Default 5,000.</summary>
    [Range(100, 60_000)]
    public int HandshakeMs { get; init; } = 5_000;
}
