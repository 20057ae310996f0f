using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What a tlog-proof, an add-checkpoint request and the file of a receipt have in common: lines, hashes one a
/// line, an empty line, and a signed note to the end.</summary>
internal ref struct ProofText(string text)
{
    /// <summary>Most hashes in either: a tree of fewer than 2^63 entries is at most 63 high.</summary>
    public const int HashesMax = 63;

    private ReadOnlySpan<char> _rest = text;

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>Reads the next line.</summary>
    public bool TryReadLine(out ReadOnlySpan<char> line)
    {
        var end = _rest.IndexOf('\n');
        line = end < 0 ? default : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return end >= 0;
    }

    /// <summary>Reads a line of a word, a space and a value, and leaves any other line where it is.</summary>
    public bool TryReadField(ReadOnlySpan<char> word, out ReadOnlySpan<char> value)
    {
        var before = _rest;
        if (TryReadLine(out var line)
            && line.Length > word.Length
            && line.StartsWith(word)
            && line[word.Length] == ' ')
        {
            value = line[(word.Length + 1)..];
            return true;
        }

        _rest = before;
        value = default;
        return false;
    }

    /// <summary>Reads hashes up to an empty line, and that line.</summary>
    public bool TryReadHashes(out Digest[] hashes)
    {
        var list = new List<Digest>();
        hashes = [];
        while (TryReadLine(out var line))
        {
            if (line.IsEmpty)
            {
                hashes = [.. list];
                return true;
            }

            if (list.Count == HashesMax
                || !StrictBase64.TryDecode(line, out var bytes)
                || bytes.Length != Digest.SizeBytes)
            {
                return false;
            }

            list.Add(Digest.FromBytes(bytes));
        }

        return false;
    }

    /// <summary>Reads the note that fills the rest.</summary>
    public readonly Result<SignedNote> ReadNote() => SignedNote.ParseDecoded(_rest.ToString());

    /// <summary>Writes hashes, one a line, and the empty line.</summary>
    public static string Format(IEnumerable<Digest> hashes) =>
        string.Concat(hashes.Select(hash => StrictBase64.Encode(hash.ToArray()) + "\n")) + "\n";
}
