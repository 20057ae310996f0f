using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>Checkpoints that came with calls and have not been looked at yet. Each caller has room for a few, so that
/// nobody's calls push out what others carry. A call never waits for that. Safe to use from every thread.</summary>
internal sealed class CheckpointInbox
{
    /// <summary>Most that wait of one caller. A worker takes them out in well under a millisecond each; what does not
    /// fit comes again with the next call.</summary>
    public const int WaitingPerCallerMax = 8;

    // Bounded by the room of each caller; callers are nodes of the directory.
    private readonly Channel<(NodeId Caller, byte[] Note)> _waiting = Channel.CreateUnbounded<(NodeId, byte[])>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentDictionary<NodeId, int> _counts = new();

    // What each caller carried last, as it stood in the header: most calls carry the same again.
    private readonly ConcurrentDictionary<NodeId, string> _last = new();

    /// <summary>Takes in what a call carried.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="header">The header's value: base64, with or without padding. What is not, is passed over: the call
    /// it came with is none the worse.</param>
    public void Put(NodeId caller, string header)
    {
        if (header.Length > (CheckpointHeader.SizeBytesMax * 4 / 3) + 4
            || (_last.TryGetValue(caller, out var last) && last == header)
            || _counts.GetValueOrDefault(caller) >= WaitingPerCallerMax)
        {
            return;
        }

        var padded = header.PadRight((header.Length + 3) / 4 * 4, '=');
        if (StrictBase64.TryDecode(padded, out var note) && note.Length is > 0 and <= CheckpointHeader.SizeBytesMax)
        {
            _last[caller] = header;
            _counts.AddOrUpdate(caller, 1, static (_, count) => count + 1);
            _waiting.Writer.TryWrite((caller, note));  // without a bound of its own it takes everything
        }
    }

    /// <summary>Takes the next one out.</summary>
    public async Task<(NodeId Caller, byte[] Note)> TakeAsync(CancellationToken ct)
    {
        var next = await _waiting.Reader.ReadAsync(ct);
        MakeRoom(next.Caller);
        return next;
    }

    /// <summary>Takes the next one out, if there is one.</summary>
    public bool TryTake(out NodeId caller, [NotNullWhen(true)] out byte[]? note)
    {
        var isThere = _waiting.Reader.TryRead(out var next);
        (caller, note) = next;
        if (isThere)
        {
            MakeRoom(caller);
        }

        return isThere;
    }

    private void MakeRoom(NodeId caller) => _counts.AddOrUpdate(caller, 0, static (_, count) => count - 1);
}
