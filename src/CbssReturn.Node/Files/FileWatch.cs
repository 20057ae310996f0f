namespace CbssReturn.Node.Files;

/// <summary>Notices that files have changed, by their size and moment of change: no handle is kept and no
/// notification of the kernel can be missed. Owned by one worker.</summary>
/// <param name="paths">The files that are looked at together.</param>
internal sealed class FileWatch(params string[] paths)
{
    private (long Length, DateTime ChangedAt)[] _seen = [];

    /// <summary>Looks again.</summary>
    /// <returns>True the first time, whenever a file has appeared, changed or gone since the last look, and after
    /// <see cref="Forget"/>.</returns>
    public bool HasChanged()
    {
        var now = Array.ConvertAll(paths, Look);
        var hasChanged = !now.AsSpan().SequenceEqual(_seen);
        _seen = now;
        return hasChanged;
    }

    /// <summary>Forgets what was seen, because it could not be used: a file may have been half written, or unreadable
    /// for a moment, and whole again without another size or moment.</summary>
    public void Forget() => _seen = [];

    private static (long Length, DateTime ChangedAt) Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
    }
}
