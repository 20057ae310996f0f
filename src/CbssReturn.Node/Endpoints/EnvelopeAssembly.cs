using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Endpoints;

/// <summary>Puts the frames of one stream together to envelopes (docs/spec/exchange.md, section 4). Owned by the one
/// reader of the stream.</summary>
internal sealed class EnvelopeAssembly
{
    // Null between envelopes, and for one that is read and not kept.
    private byte[]? _unfinished;
    private ReadOnlyMemory<byte> _finished;
    private int _filled;
    private bool _isWhole;

    /// <summary>Number of the newest envelope; 0 before the first.</summary>
    public uint Number { get; private set; }

    /// <summary>Size of the newest envelope when its first frame is there and its last one is not; otherwise
    /// 0.</summary>
    public int UnfinishedSize { get; private set; }

    /// <summary>Checks a frame against the rules before anything is kept of it.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The size of the envelope that it begins, 0 when it goes on with one; or a refusal with
    /// <see cref="RefusalCode.StreamRuleBroken"/> or <see cref="RefusalCode.EnvelopeTooLarge"/>.</returns>
    public Result<int> Check(DeliverRequest frame)
    {
        if (frame.Data.Length is 0 or > DeliverRules.FrameSizeBytesMax)
        {
            return Broken($"a frame of {frame.Data.Length} bytes");
        }

        if (UnfinishedSize > 0)
        {
            return frame.Number == Number && frame.TotalBytes == 0 && frame.Data.Length <= UnfinishedSize - _filled
                ? 0
                : Broken($"a frame that does not go on with envelope {Number}");
        }

        if (frame.TotalBytes > DeliverRules.EnvelopeSizeBytesMax)
        {
            return new Refusal(
                RefusalCode.EnvelopeTooLarge, "The envelope is too large.", null, $"{frame.TotalBytes} bytes");
        }

        return frame.Number == Number + 1 && Number < uint.MaxValue && frame.TotalBytes >= frame.Data.Length
            ? (int)frame.TotalBytes
            : Broken($"a first frame after envelope {Number}");
    }

    /// <summary>Adds a frame that passed <see cref="Check"/>.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isKept">Whether the envelope that it begins is kept; where there is no memory for it, its frames
    /// are counted only. Of no account in further frames.</param>
    public void Add(DeliverRequest frame, bool isKept = true)
    {
        if (UnfinishedSize == 0)
        {
            Number = frame.Number;
            if (frame.Data.Length == frame.TotalBytes)
            {
                // The usual case needs no copy: the message owns these bytes and nobody changes them.
                (_finished, _isWhole) = (isKept ? frame.Data.Memory : default, true);
                return;
            }

            (UnfinishedSize, _filled) = ((int)frame.TotalBytes, 0);
            _unfinished = isKept ? GC.AllocateUninitializedArray<byte>(UnfinishedSize) : null;
        }

        if (_unfinished is not null)
        {
            frame.Data.Span.CopyTo(_unfinished.AsSpan(_filled));
        }

        _filled += frame.Data.Length;
        if (_filled == UnfinishedSize)
        {
            (_finished, _isWhole, _unfinished, UnfinishedSize) = (_unfinished, true, null, 0);
        }
    }

    /// <summary>Takes the envelope out when its last frame is there.</summary>
    /// <param name="envelope">The envelope; empty when it was not kept.</param>
    public bool TryTake(out ReadOnlyMemory<byte> envelope)
    {
        var isWhole = _isWhole;
        (envelope, _finished, _isWhole) = (_finished, default, false);
        return isWhole;
    }

    private static Refusal Broken(string detail) =>
        new(RefusalCode.StreamRuleBroken, "The frames on the stream break a rule.", null, detail);
}
