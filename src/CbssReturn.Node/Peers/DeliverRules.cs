namespace CbssReturn.Node.Peers;

/// <summary>The numbers of a Deliver stream that both ends keep (docs/spec/exchange.md, sections 4, 5 and 8).</summary>
internal static class DeliverRules
{
    /// <summary>Lowest protocol version this program speaks.</summary>
    public const uint ProtocolVersionMin = 1;

    /// <summary>Highest protocol version this program speaks.</summary>
    public const uint ProtocolVersionMax = 1;

    /// <summary>Highest manifest format this program reads.</summary>
    public const uint ManifestFormatMax = 1;

    /// <summary>Largest piece of an envelope in one frame, in bytes.</summary>
    public const int FrameSizeBytesMax = 1024 * 1024;

    /// <summary>Largest message on the wire, in bytes: a frame and its few fields.</summary>
    public const int MessageSizeBytesMax = FrameSizeBytesMax + 1024;

    /// <summary>Largest envelope, in bytes: 16 MiB.</summary>
    public const int EnvelopeSizeBytesMax = 16 * 1024 * 1024;

    /// <summary>Most envelopes of one stream without an answer.</summary>
    public const int UnansweredMax = 256;

    /// <summary>Most bytes of such envelopes.</summary>
    public const int UnansweredSizeBytesMax = 32 * 1024 * 1024;

    /// <summary>Longest wait that a Busy may ask for.</summary>
    public static readonly TimeSpan BusyMax = TimeSpan.FromMinutes(15);

    /// <summary>Age at which the callee ends a stream; a random part of <see cref="StreamAgeJitter"/> is
    /// added.</summary>
    public static readonly TimeSpan StreamAge = TimeSpan.FromHours(1);

    /// <summary>Largest random part of a stream's age, so that not all peers come back at once.</summary>
    public static readonly TimeSpan StreamAgeJitter = TimeSpan.FromMinutes(10);

    /// <summary>Deadline of every call but Deliver.</summary>
    public static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(10);
}
