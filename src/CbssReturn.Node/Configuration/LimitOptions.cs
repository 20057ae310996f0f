using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>What one peer may use of this node (docs/spec/exchange.md, section 8). What the protocol fixes (frame,
/// envelope and window sizes) is not here.</summary>
internal sealed class LimitOptions
{
    /// <summary>Connections of one peer at a time. Default 8.</summary>
    [Range(1, 1024)]
    public int ConnectionsPerPeerMax { get; init; } = 8;

    /// <summary>Streams of one peer at a time, over all its connections. Default 64.</summary>
    [Range(1, 1024)]
    public int StreamsPerPeerMax { get; init; } = 64;

    /// <summary>Envelopes a second that one peer may send in the long run; beyond, the answer is Busy. A burst may hold
    /// as many as two seconds allow. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int EnvelopesPerSecondMax { get; init; } = 20_000;

    /// <summary>Other calls a second that one peer may make in the long run. Default 50.</summary>
    [Range(1, 100_000)]
    public int CallsPerSecondMax { get; init; } = 50;

    /// <summary>Memory for envelopes that are being received, of all peers together, in MiB. Default 128.</summary>
    [Range(32, 65_536)]
    public int ReceiveMemoryMib { get; init; } = 128;

    /// <summary>The part of that memory that one peer may hold, in MiB. Default 32. Should enough peers hold all of
    /// theirs, further ones are told to come again.</summary>
    [Range(16, 65_536)]
    public int ReceiveMemoryPerPeerMib { get; init; } = 32;

    /// <summary>Time for the rest of an envelope once its first frame is there, in milliseconds. Default
    /// 60,000.</summary>
    [Range(100, 3_600_000)]
    public int EnvelopeMs { get; init; } = 60_000;
}
