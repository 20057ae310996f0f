using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Directory;

/// <summary>The directory that counts now. Safe to use from every thread.</summary>
/// <remarks>Versions and moments only grow: an older directory would let in again whom a newer one shut out
/// (docs/spec/directory.md, section 4).</remarks>
public sealed class CurrentDirectory
{
    private readonly VerifyingKey _root;
    private readonly TimeProvider _time;
    private readonly Lock _applying = new();

    // Written under _applying, read without.
    private volatile NodeDirectory _now = NodeDirectory.Empty;
    private ulong _versionMin;

    /// <summary>Starts without a directory.</summary>
    /// <param name="root">Whose signature every directory must bear.</param>
    /// <param name="time">Tells when a directory has ended.</param>
    /// <param name="versionMin">Version that was applied before the program started; 0 for none.</param>
    public CurrentDirectory(VerifyingKey root, TimeProvider time, ulong versionMin = 0)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(time);
        (_root, _time, _versionMin) = (root, time, versionMin);
    }

    /// <summary>Raised after a directory has taken effect, on the thread that applied it.</summary>
    public event EventHandler? Changed;

    /// <summary>The directory that counts; <see cref="NodeDirectory.Empty"/> before the first.</summary>
    public NodeDirectory Now => _now;

    /// <summary>Whether the directory that counts has ended; true as well before the first.</summary>
    public bool IsExpired => _now.IsExpiredAt(_time.GetUtcNow());

    /// <summary>Reads a signed directory and puts it in force, unless it is the one in force already.</summary>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.DirectoryMalformed"/>,
    /// <see cref="RefusalCode.DirectorySignatureWrong"/>, <see cref="RefusalCode.DirectoryOlder"/> or
    /// <see cref="RefusalCode.DirectoryExpired"/>; then the one in force stays.</returns>
    public Result<Done> Apply(ReadOnlyMemory<byte> file) => NodeDirectory.Read(file, _root).Then(Apply);

    private Result<Done> Apply(NodeDirectory next)
    {
        lock (_applying)
        {
            var before = _now;
            if (next.Version == before.Version && next.Digest == before.Digest)
            {
                return Done.Instance;
            }

            // The same version with other content is a root that says two things; the first one stays.
            if (next.Version < _versionMin || next.Version <= before.Version || next.IssuedAt < before.IssuedAt)
            {
                return new Refusal(
                    RefusalCode.DirectoryOlder,
                    "The directory is not newer than the one already applied.",
                    localDetail: $"version {next.Version}, applied {Math.Max(before.Version, _versionMin)}");
            }

            if (next.IsExpiredAt(_time.GetUtcNow()))
            {
                return new Refusal(RefusalCode.DirectoryExpired, "The directory has ended.");
            }

            (_now, _versionMin) = (next, next.Version);
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return Done.Instance;
    }
}
