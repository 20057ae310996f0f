using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>The tile at the right edge of one level, while it fills.</summary>
/// <param name="level">Its level.</param>
/// <param name="index">Its place in the level; moves on when the tile is full.</param>
internal sealed class EdgeTile(int level, long index)
{
    // Room for a full tile; none as long as there are no hashes, since most levels of most trees have none.
    private byte[] _hashes = [];
    private long _index = index;
    private int _count;
    private bool _isChanged;

    /// <summary>The hashes that it holds, until the next is put there.</summary>
    public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, _count * Digest.SizeBytes);

    /// <summary>Puts a hash at the end.</summary>
    /// <returns>The tile when it is full now, and another one begins; else null.</returns>
    public Tile? Add(Digest hash)
    {
        MakeRoom();
        hash.CopyTo(_hashes.AsSpan(_count * Digest.SizeBytes));
        _count++;
        _isChanged = true;
        if (_count < TileId.HashesMax)
        {
            return null;
        }

        var full = new Tile(new TileId(level, _index, TileId.HashesMax), _hashes);
        (_hashes, _index, _count, _isChanged) = ([], _index + 1, 0, false);
        return full;
    }

    /// <summary>The partial tile when it changed since this was last asked; else null.</summary>
    public Tile? TakeChanged()
    {
        if (!_isChanged)
        {
            return null;
        }

        _isChanged = false;
        return new Tile(new TileId(level, _index, _count), Hashes.ToArray());
    }

    /// <summary>Takes hashes that are stored already, and are no change.</summary>
    public void Load(ReadOnlySpan<byte> hashes)
    {
        MakeRoom();
        hashes.CopyTo(_hashes);
        _count = hashes.Length / Digest.SizeBytes;
    }

    /// <summary>Makes a copy that goes its own way.</summary>
    public EdgeTile Copy()
    {
        var copy = new EdgeTile(level, _index) { _isChanged = _isChanged };
        if (_count > 0)
        {
            copy.Load(Hashes);
        }

        return copy;
    }

    private void MakeRoom()
    {
        if (_hashes.Length == 0)
        {
            _hashes = new byte[TileId.SizeBytesMax];
        }
    }
}
