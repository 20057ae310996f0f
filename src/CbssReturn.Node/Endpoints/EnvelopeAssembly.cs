using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Endpoints;

/// <summary>Puts the frames of one stream together to envelopes (docs/spec/exchange.md, section 4). Owned by the one
/// reader of the stream.</summary>
internal sealed class EnvelopeAssembly
{
    private byte[]? _unfinished;
    private ReadOnlyMemory<byte> _finished;
    private int _filled;

    /// <summary>Number of the newest envelope; 0 before the first.</summary>
    public uint Number { get; private set; }

    /// <summary>Whether the first frame of an envelope is there and the last one is not.</summary>
    public bool IsUnfinished => _unfinished is not null;

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

        if (_unfinished is not null)
        {
            return frame.Number == Number && frame.TotalBytes == 0 && frame.Data.Length <= _unfinished.Length - _filled
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

    /// <summary>Keeps a frame that passed <see cref="Check"/>.</summary>
    public void Add(DeliverRequest frame)
    {
        if (_unfinished is null)
        {
            Number = frame.Number;
            if (frame.Data.Length == frame.TotalBytes)
            {
                // The usual case needs no copy: the message owns these bytes and nobody changes them.
                _finished = frame.Data.Memory;
                return;
            }

            (_unfinished, _filled) = (GC.AllocateUninitializedArray<byte>((int)frame.TotalBytes), 0);
        }

        frame.Data.Span.CopyTo(_unfinished.AsSpan(_filled));
        _filled += frame.Data.Length;
        if (_filled == _unfinished.Length)
        {
            (_finished, _unfinished) = (_unfinished, null);
        }
    }

    /// <summary>Takes the envelope out when its last frame is there.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> envelope)
    {
        (envelope, _finished) = (_finished, default);
        return !envelope.IsEmpty;
    }

    private static Refusal Broken(string detail) =>
        new(RefusalCode.StreamRuleBroken, "The frames on the stream break a rule.", null, detail);
}
