using System.Text;

namespace CbssReturn.Conformance.Cases;

/// <summary>Reads lines of bounded length; a longer one is passed over without being kept.</summary>
internal sealed class LineReader(TextReader input, int lineCharsMax)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _position;
    private int _count;

    /// <summary>Reads the next line that is not empty.</summary>
    /// <param name="line">The line without its end, or null when it was too long.</param>
    /// <returns>False when the input has ended.</returns>
    public bool TryRead(out string? line)
    {
        while (TryReadAny(out line))
        {
            if (line is null || line.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadAny(out string? line)
    {
        var (isTooLong, isStarted) = (false, false);
        _line.Clear();
        while (Fill())
        {
            isStarted = true;
            var rest = _buffer.AsSpan(_position, _count - _position);
            var end = rest.IndexOf('\n');
            var piece = end < 0 ? rest : rest[..end];
            isTooLong |= _line.Length + piece.Length > lineCharsMax;
            if (!isTooLong)
            {
                _line.Append(piece);
            }

            _position += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                break;
            }
        }

        line = isTooLong ? null : TakeLine();
        return isStarted;
    }

    private string TakeLine()
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        return _line.ToString();
    }

    private bool Fill()
    {
        if (_position < _count)
        {
            return true;
        }

        (_position, _count) = (0, input.Read(_buffer));
        return _count > 0;
    }
}
