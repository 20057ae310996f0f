using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Witness;

/// <summary>A request, and what a witness must answer to it by the words of c2sp.org/tlog-witness alone.</summary>
internal sealed class AskedCheckpoint
{
    private readonly int _oldSize;
    private readonly int _newSize;
    private readonly string _fork;
    private readonly bool _isKnown;
    private readonly bool _isSigned;
    private readonly bool _isProven;

    private AskedCheckpoint(
        int oldSize, int newSize, string fork, Digest[] proof, bool isProven, string? origin, string? signer)
    {
        (_oldSize, _newSize, _fork, _isProven) = (oldSize, newSize, fork, isProven);
        (_isKnown, _isSigned) = (origin is null, signer is null);
        using var key = NoteVectors.PrivateKey(signer ?? "log");
        var checkpoint = new Checkpoint(origin ?? NoteVectors.Log.Name, newSize, Fork.Root(newSize, fork));
        Request = AddCheckpointRequest.Create(oldSize, proof, CheckpointSigning.Sign(checkpoint, key));
    }

    public AddCheckpointRequest Request { get; }

    public static IEnumerable<AskedCheckpoint> All()
    {
        foreach (var (fork, oldSize, newSize) in
            from fork in new[] { "a", "b" }
            from oldSize in Enumerable.Range(0, Fork.SizeMax + 1)
            from newSize in Enumerable.Range(0, Fork.SizeMax + 1)
            select (fork, oldSize, newSize))
        {
            var proof = Fork.Proof(oldSize, newSize, fork);
            yield return new(oldSize, newSize, fork, proof, true, null, null);
            yield return new(oldSize, newSize, fork, [], proof.Length == 0, null, null);
            yield return new(oldSize, newSize, fork, [.. proof, default], false, null, null);
        }

        yield return new(0, 1, "a", [], true, "log.example/unknown", "stranger");
        yield return new(0, 1, "a", [], true, null, "stranger");
    }

    /// <summary>404, 403, 400, 409, 422, 200, in that order of checks.</summary>
    public int StatusAt(WitnessedHead? stored)
    {
        var size = stored?.Size ?? 0;
        var isStoredOnThisFork = stored is null || size == 0 || stored.Root == Fork.Root((int)size, _fork);
        return !_isKnown ? 404
            : !_isSigned ? 403
            : _oldSize > _newSize ? 400
            : _oldSize != size ? 409
            : _newSize == size && !isStoredOnThisFork ? 409
            : !_isProven || !isStoredOnThisFork ? 422
            : 200;
    }
}
