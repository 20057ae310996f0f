using System.Collections.Concurrent;
using System.Threading.Channels;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>Checkpoints that came with calls and have not been looked at yet. A call never waits for that. Safe to use
/// from every thread.</summary>
internal sealed class CheckpointInbox
{
    // A worker takes them out in well under a millisecond each; what does not fit comes again with the next call.
    private const int WaitingMax = 256;

    private readonly Channel<(NodeId Caller, byte[] Note)> _waiting = Channel.CreateBounded<(NodeId, byte[])>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    // What each caller carried last, as it stood in the header: most calls carry the same again.
    private readonly ConcurrentDictionary<NodeId, string> _last = new();

    /// <summary>What is to be looked at.</summary>
    public ChannelReader<(NodeId Caller, byte[] Note)> Waiting => _waiting.Reader;

    /// <summary>Takes in what a call carried.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="header">The header's value: base64, with or without padding. What is not, is passed over: the call
    /// it came with is none the worse.</param>
    public void Put(NodeId caller, string header)
    {
        if (header.Length > CheckpointHeader.SizeBytesMax * 4 / 3 + 4
            || (_last.TryGetValue(caller, out var last) && last == header))
        {
            return;
        }

        var padded = header.PadRight((header.Length + 3) / 4 * 4, '=');
        if (StrictBase64.TryDecode(padded, out var note)
            && note.Length is > 0 and <= CheckpointHeader.SizeBytesMax
            && _waiting.Writer.TryWrite((caller, note)))
        {
            _last[caller] = header;
        }
    }
}
